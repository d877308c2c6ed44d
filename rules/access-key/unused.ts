import {
  accessKeyResource,
  dayOf,
  daysBetween,
  judgeUsersKeys,
  noKeyMessages,
} from '../../src/findings/access-keys.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import { count } from '../../src/model/count.ts';
import type { AccessKey, UserAccessKeys } from '../../src/services/iam/facts.ts';

export default defineControl({
  id: 'access-key/unused',
  title: 'No access key is active that nobody uses',
  severity: 'medium',
  rationale:
    'A key that nobody uses is missed by nobody: where it leaked, a stranger uses it unseen. One that was never used is often one that was mailed to somebody.',
  remediation:
    'Turn the key off (`securecart fix` does, and an undo turns it on again); delete it once nobody has missed it for some weeks.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys_update.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-22',
  ],
  frameworks: { fsbp: ['IAM.22'], 'cis-5.0': ['1.11'] },
  needs: ['iam.accessKeys'],
  scope: 'account',
  messages: {
    ...noKeyMessages,
    used: 'Last used on {day}.',
    fresh: 'Made on {day}, and not used yet.',
    unused: 'Last used on {day}, {days} ago; the baseline lets a key rest less than {most}.',
    never:
      'Never used since it was made on {day}, {days} ago; the baseline lets a key rest less than {most}.',
  },
  evaluate: audit => judgeAccount(audit),
});

type Message = 'noKey' | 'used' | 'fresh' | 'unused' | 'never';

const judgeAccount = (audit: AccountAudit): Iterable<Outcome<Message>> =>
  judgeUsersKeys<Message>(audit, (owner, keys) => keys.map(key => judgeKey(audit, owner, key)));

function judgeKey(
  { baseline: { accessKeys: row }, takenAt }: AccountAudit,
  owner: UserAccessKeys,
  key: AccessKey,
): Outcome<Message> {
  const about = { resource: accessKeyResource(owner, key), key: key.id, ...heldFor(row) };
  const since = key.lastUsed ?? key.created;
  const age = daysBetween(since, takenAt);
  const day = dayOf(since);
  const isNew = key.lastUsed === null;
  if (age < row.unusedDays)
    return { status: 'pass', ...about, message: isNew ? 'fresh' : 'used', data: { day } };
  const data = { day, days: count(age, 'day'), most: count(row.unusedDays, 'day') };
  return { status: 'fail', ...about, message: isNew ? 'never' : 'unused', data };
}
