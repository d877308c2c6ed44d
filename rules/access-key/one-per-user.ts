import { judgeUsersKeys, noKeyMessages, userResource } from '../../src/findings/access-keys.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import type { AccessKey, UserAccessKeys } from '../../src/services/iam/facts.ts';

export default defineControl({
  id: 'access-key/one-per-user',
  title: 'No user has two active access keys',
  severity: 'medium',
  rationale:
    'The second key is there to replace the first. Where both stay, a rotation was never finished, and the old key is as good as ever.',
  remediation:
    'See which of the keys is in use (aws iam get-access-key-last-used), and turn the other one off.',
  runbook: ['aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive'],
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
  frameworks: { 'cis-5.0': ['1.12'] },
  needs: ['iam.accessKeys'],
  scope: 'account',
  messages: {
    ...noKeyMessages,
    one: 'The user has {amount}.',
    several: 'The user has {amount} that are active: {keys}.',
    notDemanded: 'The baseline does not ask for it.',
  },
  evaluate: judgeAccount,
});

type Message = 'noKey' | 'one' | 'several' | 'notDemanded';

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  const row = audit.baseline.accessKeys.rotation;
  if (row.onePerUser) yield* judgeUsersKeys<Message>(audit, (owner, keys) => [judgeUser(audit, owner, keys)]);
  else yield { status: 'not-applicable', resource: audit.account, ...heldFor(row), message: 'notDemanded' };
}

function judgeUser(
  { baseline }: AccountAudit,
  owner: UserAccessKeys,
  keys: readonly AccessKey[],
): Outcome<Message> {
  const about = { resource: userResource(owner), ...heldFor(baseline.accessKeys.rotation) };
  if (keys.length < 2) {
    const amount = keys.length === 0 ? 'no active key' : 'one active key';
    return { status: 'pass', ...about, message: 'one', data: { amount } };
  }
  const whose = `--user-name ${shellWord(owner.user)}`;
  const runbook = [
    ...keys.map(({ id }) => `aws iam get-access-key-last-used --access-key-id ${id}`),
    '# Turn off the one that is not used:',
    `aws iam update-access-key ${whose} --access-key-id KEY --status Inactive`,
  ];
  const data = { amount: `${keys.length} keys`, keys: keys.map(({ id }) => id).join(', ') };
  return { status: 'fail', ...about, message: 'several', data, runbook };
}
