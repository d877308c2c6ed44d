import { vpcFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { vpcResource } from '../../src/findings/resources.ts';

export default defineControl({
  id: 'vpc/flow-logs',
  title: 'The VPC has an active flow log',
  severity: 'low',
  rationale:
    'After a break-in the flow log is what says which machine talked to whom, and how much left. It cannot be had afterwards.',
  remediation:
    'Create a flow log for the VPC: `securecart fix` and `securecart apply` plan one to CloudWatch Logs with its log group and its role. AWS charges for it by the GB; `network.flowLogs: false` in the baseline does without. Where one delivers nothing, give its role and its log group, or its bucket policy, what the guide lists.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6',
  ],
  frameworks: { fsbp: ['EC2.6'], 'cis-5.0': ['3.7'], 'pci-4.0': ['10.2.1'] },
  needs: [...vpcFacts, 'ec2.flowLogs'],
  scope: 'vpc',
  messages: {
    active: 'The flow log {log} is active.',
    inactive: 'The VPC has no active flow log.',
    failing: 'The flow log {log} delivers nothing: {failure}.',
    unwanted: 'The baseline asks for no flow log.',
  },
  evaluate: judgeVpc,
});

type Message = 'active' | 'inactive' | 'failing' | 'unwanted';

function* judgeVpc(audit: VpcAudit): Iterable<Outcome<Message>> {
  const about = { resource: vpcResource(audit, audit.vpc), ...heldFor(audit.baseline.network) };
  if (!audit.baseline.network.flowLogs) {
    yield { status: 'not-applicable', ...about, message: 'unwanted' };
    return;
  }
  const own = audit.value('ec2.flowLogs').filter(({ resource }) => resource === audit.vpc.id);
  const active = own.filter(({ status }) => status === 'ACTIVE').sort((a, b) => (a.id < b.id ? -1 : 1));
  const working = active.find(({ failure }) => failure === undefined);
  if (working !== undefined) {
    yield { status: 'pass', ...about, message: 'active', data: { log: working.id } };
    return;
  }
  // EC2 calls it active whether its log arrives or not.
  for (const { id: log, failure = '' } of active) {
    yield { status: 'fail', ...about, key: log, message: 'failing', data: { log, failure } };
  }
  if (active.length > 0) return;
  const actual =
    own
      .map(({ id, status }) => `${id} ${status}`)
      .sort()
      .join(', ') || 'none';
  yield { status: 'fail', ...about, message: 'inactive', expected: 'a flow log of the VPC, ACTIVE', actual };
}
