import { heldFor } from '../../src/findings/baseline-item.ts';
import {
  type AccountAudit,
  defineControl,
  type Outcome,
  type RegionAudit,
} from '../../src/findings/control.ts';
import { keyResource } from '../../src/findings/resources.ts';
import { judgeSomewhere } from '../../src/findings/somewhere.ts';
import type { Encryption } from '../../src/model/baseline/encryption.ts';
import { need } from '../../src/model/fact.ts';
import { isPublic } from '../../src/policy/public.ts';
import { statementName } from '../../src/policy/statement.ts';
import type { CustomerKey } from '../../src/services/kms/facts.ts';

export default defineControl({
  id: 'kms/customer-key',
  title: "The account's own key is there, usable, rotated, and open to nobody else",
  severity: 'medium',
  rationale:
    'A key of the account is the lock that its owner can change and take away. One that everyone may use locks nothing; one that is off, or about to be deleted, locks out its owner; and the longer one key material is in use, the more is lost with it.',
  remediation:
    'Create it with `securecart apply`, or let its alias lead to a key that is there. Turn it on (EnableKey, CancelKeyDeletion) and its rotation (EnableKeyRotation), and name in its policy whom it is for.',
  sources: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html',
  ],
  frameworks: {},
  needs: ['kms.customerKeys'],
  scope: 'account',
  messages: {
    unasked: 'The baseline asks for no key of the account.',
    fine: 'The key is on and {rotation}, and its policy is open to no stranger.',
    absent: 'No key has the alias {alias} in {regions}.',
    unusable: 'The key is {state}: nothing can be encrypted or decrypted under it.',
    asymmetric: 'It is no symmetric key: S3, EBS and RDS encrypt nothing under it.',
    unrotated:
      'Its key material is never replaced: whoever learns it reads all that was ever encrypted under it.',
    open: 'Its policy lets everyone use the key by {statements}.',
  },
  evaluate: judgeAccount,
});

type Message = 'unasked' | 'fine' | 'absent' | 'unusable' | 'asymmetric' | 'unrotated' | 'open';
type Fault = { key: string; message: Message; data?: Record<string, string>; severity?: 'critical' };
type WantedKey = NonNullable<Encryption['key']>;

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  const wanted = audit.baseline.encryption.key;
  if (wanted === undefined) {
    yield { status: 'not-applicable', resource: audit.account, message: 'unasked' };
    return;
  }
  yield* judgeSomewhere(
    audit,
    wanted,
    region => judgeRegion(wanted, region),
    regions => ({ message: 'absent', data: { alias: wanted.alias, regions } }),
  );
}

function* judgeRegion(wanted: WantedKey, audit: RegionAudit): Iterable<Outcome<Message>> {
  const key = audit.value('kms.customerKeys').find(({ alias }) => alias === wanted.alias);
  if (key === undefined) return;
  const about = { region: audit.region, resource: keyResource(audit, key), ...heldFor(wanted) };
  const faults = faultsOf(wanted, key);
  for (const fault of faults) yield { status: 'fail', ...about, ...fault };
  if (faults.length > 0) return;
  const rotation = wanted.rotation ? 'rotated every year' : 'symmetric';
  yield { status: 'pass', ...about, message: 'fine', data: { rotation } };
}

/** What is wrong with a key. Of one that nobody can use, or that is of the wrong kind, nothing else matters. */
function faultsOf(wanted: WantedKey, key: CustomerKey): Fault[] {
  const { state, symmetric } = need(key.key);
  if (state !== 'Enabled') return [{ key: 'state', message: 'unusable', data: { state } }];
  if (!symmetric) return [{ key: 'kind', message: 'asymmetric' }];
  const open = need(key.policy).statements.flatMap((statement, index) =>
    isPublic(statement) ? statementName(statement, index) : [],
  );
  const faults: Fault[] = [];
  if (open.length > 0) {
    const data = { statements: open.join(', ') };
    faults.push({ key: 'policy', message: 'open', data, severity: 'critical' });
  }
  if (wanted.rotation && !need(key.rotation)) faults.push({ key: 'rotation', message: 'unrotated' });
  return faults;
}
