import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { subnetResource } from '../../src/findings/resources.ts';
import { Tier } from '../../src/model/baseline/row.ts';

export default defineControl({
  id: 'vpc/public-ip-on-launch',
  title: 'No subnet gives a public address to what is launched in it',
  severity: 'medium',
  rationale:
    'With this setting whatever is launched in the subnet is on the internet at once, and nobody asked for it. Load balancers get their public addresses without it.',
  remediation: 'aws ec2 modify-subnet-attribute --subnet-id SUBNET --no-map-public-ip-on-launch',
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-15',
    'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html',
  ],
  frameworks: { fsbp: ['EC2.15'] },
  needs: tierFacts,
  scope: 'vpc',
  messages: {
    off: 'Nothing is given a public address at launch.',
    on: 'Whatever is launched in this subnet of the tier {tier} is given a public address.',
  },
  evaluate: judgeSubnets,
});

function* judgeSubnets(audit: VpcAudit): Iterable<Outcome<'off' | 'on'>> {
  for (const tier of Tier.options) {
    for (const subnet of audit.tier(tier)) {
      const about = { resource: subnetResource(subnet), ...heldFor(audit.baseline.network.tiers[tier]) };
      if (subnet.publicIpOnLaunch) yield { status: 'fail', ...about, message: 'on', data: { tier } };
      else yield { status: 'pass', ...about, message: 'off' };
    }
  }
}
