import { heldFor } from '../../src/findings/baseline-item.ts';
import {
  type AccountAudit,
  defineControl,
  type Outcome,
  type RegionAudit,
} from '../../src/findings/control.ts';
import { secretResource, type WantedSecret } from '../../src/findings/secrets/wanted-secrets.ts';
import { judgeSomewhere } from '../../src/findings/somewhere.ts';

export default defineControl({
  id: 'secrets/present',
  title: 'Secrets Manager keeps the secrets of the baseline',
  severity: 'high',
  rationale:
    'A credential for which there is no secret is kept all the same: in a repository, an image, or the plain environment of a task. One that somebody had deleted is gone for good once its recovery window ends, and nothing can read it until then.',
  remediation:
    'securecart apply creates a secret that is missing, without a value: aws secretsmanager put-secret-value --secret-id NAME --secret-string file://VALUE puts one in. securecart fix restores one that is to be deleted, while it can.',
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/create_secret.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
  ],
  frameworks: {},
  needs: ['secretsmanager.secrets'],
  scope: 'account',
  messages: {
    kept: 'The secret is there, and has a value.',
    empty: 'The secret is there; nobody has put a value in yet.',
    doomed: 'The secret is to be deleted on {date}, and until then nobody can read it.',
    absent: 'No secret is called {name} in {regions}.',
  },
  evaluate: judgeAccount,
});

type Message = 'kept' | 'empty' | 'doomed' | 'absent';

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  for (const wanted of audit.baseline.secrets.secrets) {
    yield* judgeSomewhere(
      audit,
      wanted,
      region => judgeRegion(wanted, region),
      regions => ({ message: 'absent', data: { name: wanted.name, regions } }),
    );
  }
}

function* judgeRegion(wanted: WantedSecret, audit: RegionAudit): Iterable<Outcome<Message>> {
  const live = audit.value('secretsmanager.secrets').find(({ name }) => name === wanted.name);
  if (live === undefined) return;
  const about = { region: audit.region, resource: secretResource(live), ...heldFor(wanted) };
  if (live.deletedAt !== undefined) {
    const date = live.deletedAt.slice(0, 10);
    yield { status: 'fail', ...about, message: 'doomed', data: { date } };
  } else yield { status: 'pass', ...about, message: live.hasValue ? 'kept' : 'empty' };
}
