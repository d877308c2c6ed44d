import {
  accessKeyResource,
  dayOf,
  daysBetween,
  judgeUsersKeys,
  noKeyMessages,
} from '../../src/findings/access-keys.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import { count } from '../../src/model/count.ts';
import type { AccessKey, UserAccessKeys } from '../../src/services/iam/facts.ts';

export default defineControl({
  id: 'access-key/rotation',
  title: 'No active access key is older than the baseline allows',
  severity: 'medium',
  rationale:
    'A key that leaked, in a log, on a laptop, in a repository, is good for whoever has it until it is replaced.',
  remediation:
    'Replace the key: make a second one, give it to what uses the first, turn the first off, and delete it once nothing misses it. A role needs no key at all.',
  runbook: [
    'aws iam create-access-key --user-name USER',
    'aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive',
  ],
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-3',
  ],
  frameworks: { fsbp: ['IAM.3'], 'cis-5.0': ['1.13'], 'pci-4.0': ['8.6.3'] },
  needs: ['iam.accessKeys'],
  scope: 'account',
  messages: {
    ...noKeyMessages,
    young: 'Made on {day}.',
    old: 'Made on {day}, {days} ago; the baseline allows {most}.',
  },
  evaluate: audit => judgeAccount(audit),
});

type Message = 'noKey' | 'young' | 'old';

const judgeAccount = (audit: AccountAudit): Iterable<Outcome<Message>> =>
  judgeUsersKeys<Message>(audit, (owner, keys) => keys.map(key => judgeKey(audit, owner, key)));

function judgeKey(
  { baseline, takenAt }: AccountAudit,
  owner: UserAccessKeys,
  key: AccessKey,
): Outcome<Message> {
  const row = baseline.accessKeys.rotation;
  const about = { resource: accessKeyResource(owner, key), key: key.id, ...heldFor(row) };
  const age = daysBetween(key.created, takenAt);
  const day = dayOf(key.created);
  if (age <= row.maximumAgeDays) return { status: 'pass', ...about, message: 'young', data: { day } };
  const data = { day, days: count(age, 'day'), most: count(row.maximumAgeDays, 'day') };
  return { status: 'fail', ...about, message: 'old', data, runbook: runbookOf(owner.user, key.id) };
}

/** No program can replace a key: it cannot give the new one to what signs with the old one. */
function runbookOf(user: string, key: string): string[] {
  const whose = `--user-name ${shellWord(user)}`;
  return [
    `aws iam create-access-key ${whose}`,
    '# Give the new key to whatever signs with the old one, and wait until that is not used any more:',
    `aws iam get-access-key-last-used --access-key-id ${key}`,
    `aws iam update-access-key ${whose} --access-key-id ${key} --status Inactive`,
    `# Some weeks later: aws iam delete-access-key ${whose} --access-key-id ${key}`,
  ];
}
