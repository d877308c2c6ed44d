import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { subnetResource } from '../../src/findings/resources.ts';
import { coverIpv4 } from '../../src/findings/routes-out.ts';
import { routeTableOf } from '../../src/findings/subnet-associations.ts';
import { Tier } from '../../src/model/baseline/row.ts';
import { UnknownFact } from '../../src/model/fact.ts';
import type { Subnet } from '../../src/services/ec2/facts.ts';
import { destinationOf } from '../../src/services/ec2/route-table/changes.ts';

export default defineControl({
  id: 'vpc/public-routes',
  title: 'Every subnet of the public tier has a route to the internet',
  severity: 'medium',
  rationale:
    'Without a route to an internet gateway no reply of the load balancer reaches a customer: the shop is down in that zone, while everything in it looks healthy. A route that leads to a gateway that is gone does nothing, and is easily taken for one that works.',
  remediation:
    "Attach an internet gateway to the VPC, and lead 0.0.0.0/0 of the tier's route table to it: `securecart apply` plans it where the table serves the tier alone and leads that nowhere else.",
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
  ],
  frameworks: {},
  needs: [...tierFacts, 'ec2.routeTables'],
  scope: 'vpc',
  messages: {
    leads: 'The route table {table} leads the tier {tier} to the internet by {gateway}.',
    cut: 'The route table {table} leads the tier {tier} to no internet gateway of the VPC.',
  },
  evaluate: judgeSubnets,
});

function* judgeSubnets(audit: VpcAudit): Iterable<Outcome<'leads' | 'cut'>> {
  const { tiers } = audit.baseline.network;
  for (const tier of Tier.options.filter(name => tiers[name].internetRoute)) {
    yield* judgeEach(
      audit.tier(tier),
      subnet => ({ resource: subnetResource(subnet) }),
      subnet => [judgeSubnet(subnet, tier, audit)],
    );
  }
}

function judgeSubnet(subnet: Subnet, tier: Tier, audit: VpcAudit): Outcome<'leads' | 'cut'> {
  const table = routeTableOf(subnet.id, audit.vpc.id, audit.value('ec2.routeTables'));
  // Every VPC has a main route table, so an answer without it is not the whole answer.
  if (table === undefined) throw new UnknownFact({ kind: 'failed', call: 'ec2:DescribeRouteTables' });
  const about = { resource: subnetResource(subnet), ...heldFor(audit.baseline.network.tiers[tier]) };
  // Where the gateway is not attached to the VPC, or is gone, EC2 calls the route a blackhole (API_Route, State).
  const open = table.routes.filter(({ active, target }) => active && target.startsWith('igw-'));
  if (coverIpv4(open)) {
    const gateway = [...new Set(open.map(({ target }) => target))].join(', ');
    return { status: 'pass', ...about, message: 'leads', data: { table: table.id, tier, gateway } };
  }
  const others = table.routes
    .filter(({ target }) => target !== 'local')
    .map(route => `${destinationOf(route)} to ${route.target}${route.active ? '' : ' (blackhole)'}`)
    .sort();
  return {
    status: 'fail',
    ...about,
    message: 'cut',
    data: { table: table.id, tier },
    expected: '0.0.0.0/0 to an internet gateway that is attached to the VPC',
    actual: others.join('; ') || 'routes within the VPC alone',
  };
}
