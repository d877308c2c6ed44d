import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { isLive } from '../../src/findings/nat-gateways.ts';
import { natGatewayResource, subnetResource, vpcResource } from '../../src/findings/resources.ts';
import { coverIpv4 } from '../../src/findings/routes-out.ts';
import { routeTableOf } from '../../src/findings/subnet-associations.ts';
import { UnknownFact } from '../../src/model/fact.ts';
import type { NatGateway, Subnet } from '../../src/services/ec2/facts.ts';
import { destinationOf } from '../../src/services/ec2/route-table/changes.ts';

export default defineControl({
  id: 'vpc/nat-gateways',
  title: 'NAT gateways are those of the baseline: none, or one in the public tier for each zone',
  severity: 'medium',
  rationale:
    'A NAT gateway is a way out to the whole internet, by which stolen data leaves and what broke in is steered. Where the baseline has endpoints instead, nobody watches it. Where the baseline has one, a gateway that is gone, or that stands in another zone, takes the private tier down with it.',
  remediation:
    'Without a use for it, let `securecart fix --allow-disruptive` take the routes to the NAT gateway from the tiers, then delete the gateway, and release its addresses, as the runbook does. Where the baseline has `egress: nat`, create a public one in the public tier for each zone, and lead 0.0.0.0/0 of the private tier to the one in its own zone, as `securecart apply` does.',
  runbook: takeDown('REGION', { id: 'GATEWAY', addresses: ['ALLOCATION'] }, ['TABLE DESTINATION']),
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html',
  ],
  frameworks: {},
  needs: [...tierFacts, 'ec2.natGateways', 'ec2.routeTables'],
  scope: 'vpc',
  messages: {
    none: 'The VPC has no NAT gateway, as the baseline has it.',
    unwanted: 'A NAT gateway stands in {place}, and the baseline has endpoints instead: {use}.',
    through: 'The route table {table} leads the subnet to the internet by {gateways}.',
    closed: 'The route table {table} does not lead 0.0.0.0/0 to a NAT gateway, as the baseline has it.',
    gone: 'The route table {table} leads to {gateway}, which is {state}.',
    private: 'The route table {table} leads to {gateway}, which is private: it reaches no internet.',
    misplaced: 'The route table {table} leads to {gateway}, which stands in {place}, not in the public tier.',
    zone: 'The route table {table} leads to {gateway} in {other}: without that zone the subnet in {zone} has no way out.',
  },
  evaluate: judgeVpc,
});

type Message = 'none' | 'unwanted' | 'through' | 'closed' | 'gone' | 'private' | 'misplaced' | 'zone';

function judgeVpc(audit: VpcAudit): Iterable<Outcome<Message>> {
  if (audit.baseline.network.egress === 'nat') return judgeWaysOut(audit);
  return judgeEach(
    [audit.vpc],
    vpc => ({ resource: vpcResource(audit, vpc) }),
    () => judgeGateways(audit),
  );
}

function* judgeGateways(audit: VpcAudit): Iterable<Outcome<Message>> {
  const { baseline, vpc } = audit;
  const item = heldFor(baseline.network);
  const gateways = audit.value('ec2.natGateways').filter(one => one.vpc === vpc.id && isLive(one));
  if (gateways.length === 0) {
    yield { status: 'pass', resource: vpcResource(audit, vpc), ...item, message: 'none' };
  }
  for (const gateway of gateways) {
    const routes = audit
      .value('ec2.routeTables')
      .flatMap(({ id, routes: all }) =>
        all
          .filter(({ target, active }) => active && target === gateway.id)
          .map(route => `${id} ${destinationOf(route)}`),
      )
      .sort();
    const use = routes.length === 0 ? 'no route leads to it' : `the way of ${routes.join(', ')}`;
    yield {
      status: 'fail',
      resource: natGatewayResource(audit, gateway),
      ...item,
      message: 'unwanted',
      data: { place: placeOf(gateway), use },
      expected: 'no NAT gateway',
      actual: `${gateway.connectivity}, ${gateway.state}`,
      ...(routes.length > 0 && { blame: routes }),
      runbook: takeDown(audit.region, gateway, routes),
    };
  }
}

/** The routes of the closed tiers are a fix's to take, which knows what else follows their tables. */
function takeDown(
  region: string,
  { id, addresses = [] }: Pick<NatGateway, 'id' | 'addresses'>,
  routes: readonly string[],
): string[] {
  const ec2 = (command: string) => `aws ec2 ${command} --region ${region}`;
  return [
    ...(routes.length === 0
      ? []
      : [
          `# Whatever goes out by ${id} is cut: see first that nothing needs it. These routes must be gone: ${routes.join(', ')}.`,
          `securecart fix --control vpc/private-routes --allow-disruptive --region ${region}`,
        ]),
    ec2(`delete-nat-gateway --nat-gateway-id ${id}`),
    ...(addresses.length === 0 ? [] : [ec2(`wait nat-gateway-deleted --nat-gateway-ids ${id}`)]),
    ...addresses.map(address => ec2(`release-address --allocation-id ${address}`)),
  ];
}

const placeOf = ({ subnet = 'no one subnet' }: NatGateway): string => subnet;

function judgeWaysOut(audit: VpcAudit): Iterable<Outcome<Message>> {
  return judgeEach(
    audit.tier('private'),
    subnet => ({ resource: subnetResource(subnet) }),
    subnet => judgeSubnet(subnet, audit),
  );
}

function* judgeSubnet(subnet: Subnet, audit: VpcAudit): Iterable<Outcome<Message>> {
  const table = routeTableOf(subnet.id, audit.vpc.id, audit.value('ec2.routeTables'));
  // Every VPC has a main route table, so an answer without it is not the whole answer.
  if (table === undefined) throw new UnknownFact({ kind: 'failed', call: 'ec2:DescribeRouteTables' });
  const about = { resource: subnetResource(subnet), ...heldFor(audit.baseline.network) };
  const routes = table.routes.filter(({ target }) => target.startsWith('nat-'));
  const targets = [...new Set(routes.map(({ target }) => target))].sort();
  const faults = targets.flatMap(id => faultOf(id, subnet, audit) ?? []);
  for (const { gateway, message, data } of faults) {
    yield { status: 'fail', ...about, key: gateway, message, data: { table: table.id, gateway, ...data } };
  }
  if (faults.length > 0) return;
  if (coverIpv4(routes.filter(({ active }) => active))) {
    yield {
      status: 'pass',
      ...about,
      message: 'through',
      data: { table: table.id, gateways: targets.join(', ') },
    };
    return;
  }
  yield { status: 'fail', ...about, message: 'closed', data: { table: table.id } };
}

type Fault = { gateway: string; message: Message; data: Record<string, string> };

/** What is wrong with the NAT gateway that a subnet is led to; a regional one stands in every zone. */
function faultOf(id: string, { zone }: Subnet, audit: VpcAudit): Fault | undefined {
  const gateway = audit.value('ec2.natGateways').find(one => one.id === id);
  if (gateway === undefined || !isLive(gateway)) {
    return { gateway: id, message: 'gone', data: { state: gateway?.state ?? 'not there' } };
  }
  if (gateway.connectivity === 'private') return { gateway: id, message: 'private', data: {} };
  if (gateway.subnet === undefined) return undefined;
  const home = audit.tier('public').find(subnet => subnet.id === gateway.subnet);
  if (home === undefined) return { gateway: id, message: 'misplaced', data: { place: placeOf(gateway) } };
  return home.zone === zone ? undefined : { gateway: id, message: 'zone', data: { other: home.zone, zone } };
}
