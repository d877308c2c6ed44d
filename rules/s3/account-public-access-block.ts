import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import { openSettings } from '../../src/findings/public-access.ts';

export default defineControl({
  id: 's3/account-public-access-block',
  title: 'S3 blocks public access in the whole account',
  severity: 'high',
  rationale:
    "One bucket policy with a star, or one object with a public ACL, gives a shop's invoices to search engines. The account's block holds for every bucket, those included that are made tomorrow.",
  remediation:
    'Look for buckets that are public on purpose first: they close at once. Then: aws s3control put-public-access-block --account-id ACCOUNT --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1',
  ],
  frameworks: { fsbp: ['S3.1'], 'cis-5.0': ['2.1.4'] },
  needs: ['s3.accountPublicAccessBlock'],
  scope: 'account',
  messages: {
    blocked: 'All four settings are on.',
    open: 'Off in the account: {settings}.',
    notSet: 'The account has no such settings, so that each bucket stands for itself.',
    notDemanded: 'The baseline does not ask for it.',
  },
  evaluate: judgeAccount,
});

function* judgeAccount({
  baseline,
  account,
  value,
}: AccountAudit): Iterable<Outcome<'blocked' | 'open' | 'notSet' | 'notDemanded'>> {
  const row = baseline.encryption.s3.publicAccess;
  const about = { resource: account, ...heldFor(row) };
  if (!row.blockAccount) {
    yield { status: 'not-applicable', ...about, message: 'notDemanded' };
    return;
  }
  const block = value('s3.accountPublicAccessBlock');
  const open = openSettings(block);
  const settings = open.join(', ');
  if (block === null) yield { status: 'fail', ...about, message: 'notSet' };
  else if (open.length > 0) yield { status: 'fail', ...about, message: 'open', data: { settings } };
  else yield { status: 'pass', ...about, message: 'blocked' };
}
