import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { subnetResource } from '../../src/findings/resources.ts';
import { closedTiers, leadsOut } from '../../src/findings/routes-out.ts';
import { routeTableOf } from '../../src/findings/subnet-associations.ts';
import type { Tier } from '../../src/model/baseline/row.ts';
import { UnknownFact } from '../../src/model/fact.ts';
import type { Subnet } from '../../src/services/ec2/facts.ts';
import { destinationOf } from '../../src/services/ec2/route-table/changes.ts';

export default defineControl({
  id: 'vpc/private-routes',
  title: 'No subnet of the private and database tiers has a route to the internet',
  severity: 'critical',
  rationale:
    'Without a route to an internet gateway nothing in the subnet can be reached from the internet, whatever public address, security group or network ACL it is given by mistake. It is the lock that a single wrong rule does not open.',
  remediation:
    'Delete the route, or associate the subnet with the route table of its tier. Check first what uses it: `aws ec2 describe-route-tables` names the subnets of the table.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
  ],
  frameworks: {},
  needs: [...tierFacts, 'ec2.routeTables'],
  scope: 'vpc',
  messages: {
    none: 'The route table {table} leads the tier {tier} to no gateway of the internet.',
    internet: 'The route table {table} leads the tier {tier} to the internet.',
  },
  evaluate: judgeSubnets,
});

function* judgeSubnets(audit: VpcAudit): Iterable<Outcome<'none' | 'internet'>> {
  for (const tier of closedTiers(audit.baseline)) {
    yield* judgeEach(
      audit.tier(tier),
      subnet => ({ resource: subnetResource(subnet) }),
      subnet => [judgeSubnet(subnet, tier, audit)],
    );
  }
}

function judgeSubnet(subnet: Subnet, tier: Tier, audit: VpcAudit): Outcome<'none' | 'internet'> {
  const table = routeTableOf(subnet.id, audit.vpc.id, audit.value('ec2.routeTables'));
  // Every VPC has a main route table, so an answer without it is not the whole answer.
  if (table === undefined) throw new UnknownFact({ kind: 'failed', call: 'ec2:DescribeRouteTables' });
  const open = table.routes.filter(route => leadsOut(route, tier, audit.baseline));
  const about = {
    resource: subnetResource(subnet),
    ...heldFor(audit.baseline.network.tiers[tier]),
    data: { table: table.id, tier },
  };
  if (open.length === 0) return { status: 'pass', ...about, message: 'none' };
  const routes = open.map(route => `${destinationOf(route)} to ${route.target}`).sort();
  return {
    status: 'fail',
    ...about,
    message: 'internet',
    actual: routes.join('; '),
    blame: open.map(route => `${table.id} ${destinationOf(route)}`).sort(),
  };
}
