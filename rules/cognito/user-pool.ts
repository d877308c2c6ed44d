import { bindPool, type WantedPool } from '../../src/findings/cognito/pools.ts';
import {
  type AccountAudit,
  defineControl,
  judgeEach,
  type Outcome,
  type RegionAudit,
} from '../../src/findings/control.ts';
import { userPoolResource } from '../../src/findings/entry-resources.ts';
import { judgeSomewhere } from '../../src/findings/somewhere.ts';
import { need, UnknownFact } from '../../src/model/fact.ts';

export default defineControl({
  id: 'cognito/user-pool',
  title: 'Each user pool of the baseline exists with its clients, and there is no doubt which one it is',
  severity: 'high',
  rationale:
    'Whoever signs in elsewhere is a customer by no rule of the baseline, and a second pool of the same name is one whose users nobody checks.',
  remediation:
    'Create the user pool and its clients with `securecart apply`, or say which one it is: give its id as poolId in the baseline, or tag it securecart:component with the id of the row.',
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html',
  ],
  frameworks: {},
  needs: ['cognito.userPools'],
  scope: 'account',
  messages: {
    found: 'This is the user pool {pool} of the baseline, by its {way}, with its clients.',
    clientless: 'It has no client {client}: nobody signs in to a user pool but through a client.',
    absent: "No user pool is the baseline's {pool} in {regions}.",
    ambiguous:
      "It could be the baseline's {pool} as well as {others}: give its id as poolId in the baseline.",
  },
  evaluate: judgeAccount,
});

type Message = 'found' | 'clientless' | 'absent' | 'ambiguous';

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  for (const wanted of audit.baseline.authentication.userPools) {
    yield* judgeSomewhere(
      audit,
      wanted,
      region => judgeRegion(wanted, region),
      regions => ({ message: 'absent', data: { pool: wanted.name, regions } }),
    );
  }
}

function* judgeRegion(wanted: WantedPool, audit: RegionAudit): Iterable<Outcome<Message>> {
  const bound = bindPool(wanted, audit.value('cognito.userPools'));
  const about = {
    region: audit.region,
    row: { id: wanted.id, origin: wanted.origin },
    severity: wanted.severity,
  };
  if (bound.kind === 'absent') {
    if (bound.unread !== undefined) throw new UnknownFact(bound.unread);
    return;
  }
  if (bound.kind === 'ambiguous') {
    const ids = bound.pools.map(({ id }) => id).sort();
    for (const pool of bound.pools) {
      const data = { pool: wanted.name, others: ids.filter(id => id !== pool.id).join(', ') };
      const resource = userPoolResource(audit, pool);
      yield { status: 'fail', ...about, resource, key: wanted.id, message: 'ambiguous', data };
    }
    return;
  }
  const { pool, by } = bound;
  const resource = userPoolResource(audit, pool);
  yield* judgeEach(
    [pool],
    () => ({ ...about, resource, key: wanted.id }),
    ({ clients }) => {
      const live = new Set(need(clients).map(({ name }) => name));
      const missing = wanted.clients.filter(({ name }) => !live.has(name));
      if (missing.length === 0) {
        const data = { pool: wanted.name, way: by };
        return [{ status: 'pass', ...about, resource, key: wanted.id, message: 'found', data }];
      }
      return missing.map(({ id, origin, name }) => ({
        status: 'fail' as const,
        ...about,
        resource,
        key: id,
        row: { id, origin },
        message: 'clientless' as const,
        data: { client: name },
      }));
    },
  );
}
