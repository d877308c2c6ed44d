import { vpcFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import {
  type AccountAudit,
  defineControl,
  type Outcome,
  type RegionAudit,
} from '../../src/findings/control.ts';
import { vpcResource } from '../../src/findings/resources.ts';
import { judgeSomewhere } from '../../src/findings/somewhere.ts';
import type { NetworkLayout } from '../../src/model/baseline/network.ts';

export default defineControl({
  id: 'vpc/present',
  title: "The baseline's VPC exists, and there is no doubt which one it is",
  severity: 'high',
  rationale:
    'Every other control of the network is about this VPC. Without it nothing of the design is in force, and where two could be meant, the one that is attacked may be the one that nobody looks at.',
  remediation:
    'Create the VPC with `securecart apply`, or say which one it is: pass --vpc, give its id under network.vpc.id of the baseline, or tag it securecart:component=vpc.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html'],
  frameworks: {},
  needs: vpcFacts,
  scope: 'account',
  messages: {
    found: 'This is the VPC of the baseline, by {way}.',
    otherCidr: 'This is the VPC of the baseline by {way}, but its CIDR is not the one that the tiers lie in.',
    absent: "No VPC is the baseline's in {regions}.",
    ambiguous:
      "It could be the baseline's as well as {others}: pass --vpc, or give network.vpc.id in the baseline.",
  },
  evaluate: judgeAccount,
});

type Message = 'found' | 'otherCidr' | 'absent' | 'ambiguous';

const WAY = {
  option: '--vpc',
  id: 'its id in the baseline',
  tag: 'its tag',
  cidr: 'its CIDR',
} as const;

function judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  const { network } = audit.baseline;
  return judgeSomewhere(
    audit,
    network,
    region => judgeRegion(region, network),
    regions => ({ message: 'absent', data: { regions } }),
  );
}

function* judgeRegion(audit: RegionAudit, network: NetworkLayout): Iterable<Outcome<Message>> {
  const { region } = audit;
  const { cidr } = network.vpc;
  const bound = audit.boundVpc();
  if (bound.kind === 'ambiguous') {
    const ids = bound.candidates.map(({ id }) => id).sort();
    for (const candidate of bound.candidates) {
      const others = ids.filter(id => id !== candidate.id).join(', ');
      const about = { region, resource: vpcResource(audit, candidate), ...heldFor(network) };
      yield { status: 'fail', ...about, message: 'ambiguous', data: { others } };
    }
  }
  if (bound.kind !== 'found') return;
  const { vpc, by } = bound;
  const about = {
    region,
    resource: vpcResource(audit, vpc),
    ...heldFor(network),
    data: { way: WAY[by] },
  };
  if (vpc.cidrs.includes(cidr)) yield { status: 'pass', ...about, message: 'found' };
  else yield { status: 'fail', ...about, message: 'otherCidr', expected: cidr, actual: vpc.cidrs.join(', ') };
}
