import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';

const RUNBOOK = [
  '# Sign in as the root user, https://console.aws.amazon.com/iam/home#/security_credentials: only it can do this.',
  '# Delete its access keys there, once nothing signs with them, and assign an MFA device, better two.',
  '# In an organization, its management account can take the credentials of the root user away instead.',
];

export default defineControl({
  id: 'access-key/root-user',
  title: 'The root user has no access key, and signs in with a second factor',
  severity: 'critical',
  rationale:
    'No policy binds the root user: whoever has its key, or its password and its mailbox, can close the account.',
  remediation:
    'Sign in as the root user; delete its access keys, and assign an MFA device. In an organization, take the credentials of its members away instead (centralized root access).',
  runbook: RUNBOOK,
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-4',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-9',
  ],
  frameworks: { fsbp: ['IAM.4', 'IAM.9'], 'cis-5.0': ['1.3', '1.4'] },
  needs: ['iam.rootUser'],
  scope: 'account',
  messages: {
    guarded: 'It has no access key, and a second factor.',
    closed: 'It has neither an access key nor a password: nobody can sign in as it.',
    accessKey: 'The root user has an access key.',
    mfa: 'The root user signs in with its password alone.',
  },
  evaluate: judgeAccount,
});

function* judgeAccount({
  baseline,
  account,
  value,
}: AccountAudit): Iterable<Outcome<'guarded' | 'closed' | 'accessKey' | 'mfa'>> {
  const about = { resource: account, ...heldFor(baseline.accessKeys.root) };
  const { accessKey, mfa, password } = value('iam.rootUser');
  // A second factor guards the way in by the password; an organization may have closed that.
  const isOpen = password && !mfa;
  if (accessKey)
    yield { status: 'fail', ...about, key: 'access-key', message: 'accessKey', runbook: RUNBOOK };
  if (isOpen) yield { status: 'fail', ...about, key: 'mfa', message: 'mfa', runbook: RUNBOOK };
  if (!accessKey && !isOpen) yield { status: 'pass', ...about, message: password ? 'guarded' : 'closed' };
}
