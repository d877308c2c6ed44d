import { heldFor } from '../../src/findings/baseline-item.ts';
import {
  type AccountAudit,
  defineControl,
  type Outcome,
  type RegionAudit,
} from '../../src/findings/control.ts';
import {
  judgeTheTrail,
  noTrailMessages,
  type SeenTrail,
  trailResource,
} from '../../src/findings/trail/judged-trail.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 'cloudtrail/customer-key',
  title: 'The log is encrypted under a key of the account, and the key is on',
  severity: 'medium',
  rationale:
    'The log tells whoever reads it where everything is and who may do what. Under a key of the account, who may read the bucket may not read the log as well; under a key that is off, CloudTrail can write no more, and nobody reads what is there.',
  remediation:
    'Let the policy of the key allow kms:GenerateDataKey* and kms:DescribeKey to cloudtrail.amazonaws.com where aws:SourceArn is the ARN of the trail, and let those who read the log decrypt; then: aws cloudtrail update-trail --name NAME --kms-key-id ARN, in the home Region of the trail. The key must be in the Region of the bucket.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-2',
  ],
  frameworks: { fsbp: ['CloudTrail.2'], 'cis-5.0': ['3.5'], 'pci-4.0': ['10.3.2'] },
  needs: ['cloudtrail.trails', 'kms.customerKeys', 'kms.trailKeys'],
  scope: 'account',
  messages: {
    unasked: 'The baseline asks for no key of the account.',
    ...noTrailMessages,
    fine: 'Its files are encrypted under {key}.',
    none: 'Its files are encrypted by S3 alone: whoever may read the bucket reads the log.',
    managed: 'Its key is one that AWS manages: {key}.',
    foreign: 'Its key is one of account {account}: {key}.',
    unusable: 'Its key is {state}: CloudTrail can deliver nothing, and nobody can read what is there. {key}',
  },
  evaluate: judgeAccount,
});

type Message = 'unasked' | 'noTrail' | 'fine' | 'none' | 'managed' | 'foreign' | 'unusable';

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  if (!audit.baseline.cloudTrail.files.customerKey) {
    yield { status: 'not-applicable', resource: audit.account, message: 'unasked' };
    return;
  }
  yield* judgeTheTrail(audit, seen => [judge(audit, seen)]);
}

function judge({ baseline }: AccountAudit, { trail, audit }: SeenTrail): Outcome<Message> {
  const about = {
    resource: trailResource(trail),
    region: audit.region,
    ...heldFor(baseline.cloudTrail.files),
  };
  const { key } = trail;
  if (key === undefined) return { status: 'fail', ...about, message: 'none' };
  const { manager, state } = stateOf(audit, key);
  const [account = '', owner] = [key, trail.arn].map(arn => arn.split(':')[4]);
  if (manager === 'AWS') return { status: 'fail', ...about, message: 'managed', data: { key } };
  // The trail of an organization has a key of the account that keeps it.
  if (account !== owner) return { status: 'fail', ...about, message: 'foreign', data: { account, key } };
  if (state !== 'Enabled')
    return { status: 'fail', ...about, severity: 'high', message: 'unusable', data: { state, key } };
  return { status: 'pass', ...about, message: 'fine', data: { key } };
}

/** The key of an ARN: one to which an alias of ours leads, or another one. Throws UnknownFact. */
function stateOf(audit: RegionAudit, arn: string): { manager: 'AWS' | 'CUSTOMER'; state: string } {
  const own = audit.value('kms.customerKeys').find(({ id }) => arn.endsWith(`/${id}`));
  if (own !== undefined) return { manager: 'CUSTOMER', state: need(own.key).state };
  const other = audit.value('kms.trailKeys').find(({ name }) => name === arn);
  return need(other?.key ?? { kind: 'unknown', reason: { kind: 'not-read', call: 'kms:DescribeKey' } });
}
