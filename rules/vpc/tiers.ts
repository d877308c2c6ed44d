import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { subnetResource, vpcResource } from '../../src/findings/resources.ts';
import { Tier } from '../../src/model/baseline/row.ts';

export default defineControl({
  id: 'vpc/tiers',
  title: 'Each tier has its subnets, in as many availability zones as the baseline, and no subnet is in none',
  severity: 'medium',
  rationale:
    'A tier in one zone is gone with that zone. A subnet outside the tiers has no row of the baseline, so that nobody compares what it lets in and out.',
  remediation:
    'Create the missing subnets with `securecart apply`. A subnet outside the tiers cannot be moved: put its resources into a tier, then delete it.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html'],
  frameworks: {},
  needs: tierFacts,
  scope: 'vpc',
  messages: {
    spread: 'The tier {tier} has {count} subnets in {zones}.',
    thin: 'The tier {tier} has too few subnets, or has them in too few availability zones.',
    outside: 'The subnet is in no tier of the baseline.',
  },
  evaluate: judgeTiers,
});

/** Held to the tier's CIDR and to the number of its subnets and zones: which /24 is where makes no difference to any row. */
function* judgeTiers(audit: VpcAudit): Iterable<Outcome<'spread' | 'thin' | 'outside'>> {
  const resource = vpcResource(audit, audit.vpc);
  yield* judgeEach(
    Tier.options,
    tier => ({ resource, key: tier }),
    tier => [judgeTier(audit, tier)],
  );
  const inTiers = new Set(Tier.options.flatMap(tier => audit.tier(tier).map(({ id }) => id)));
  for (const subnet of audit.value('ec2.subnets')) {
    if (subnet.vpc !== audit.vpc.id || inTiers.has(subnet.id)) continue;
    const cidrs = [subnet.cidr ?? [], subnet.ipv6Cidrs].flat().join(', ');
    yield { status: 'fail', resource: subnetResource(subnet), message: 'outside', actual: cidrs };
  }
}

function judgeTier(audit: VpcAudit, tier: Tier): Outcome<'spread' | 'thin'> {
  const wanted = audit.baseline.network.tiers[tier];
  const live = audit.tier(tier);
  const zones = [...new Set(live.map(({ zone }) => zone))].sort();
  const wantedZones = new Set(wanted.subnets.map(({ zone }) => zone)).size;
  const about = { resource: vpcResource(audit, audit.vpc), key: tier, ...heldFor(wanted) };
  if (live.length >= wanted.subnets.length && zones.length >= wantedZones) {
    return {
      status: 'pass',
      ...about,
      message: 'spread',
      data: { tier, count: live.length, zones: zones.join(', ') },
    };
  }
  return {
    status: 'fail',
    ...about,
    message: 'thin',
    data: { tier },
    expected: `${wanted.subnets.length} subnets of ${wanted.cidr} in ${wantedZones} availability zones`,
    actual: live.length === 0 ? 'no subnet' : `${live.length} in ${zones.join(', ')}`,
  };
}
