import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { vpcResource } from '../../src/findings/resources.ts';
import { routeTableOf } from '../../src/findings/subnet-associations.ts';
import { isServiceName } from '../../src/network/service-names.ts';
import type { VpcEndpoint } from '../../src/services/ec2/facts.ts';

export default defineControl({
  id: 'vpc/endpoints',
  title: 'The private tier reaches AWS through the endpoints of the baseline',
  severity: 'low',
  rationale:
    'Where an endpoint is missing, the calls of backend and functions either fail or go out by a way to the internet that somebody opens for them, which everything else in the subnet can use as well.',
  remediation:
    'Create the endpoint, or give it the route tables or subnets of the private tier and its private DNS names: `securecart apply` plans it. Interface endpoints cost by the hour.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  ],
  frameworks: {},
  needs: [...tierFacts, 'ec2.vpcEndpoints', 'ec2.routeTables'],
  scope: 'vpc',
  messages: {
    serves: 'The endpoint {endpoint} for {service} serves the private tier.',
    missing: 'The VPC has no {kind} endpoint for {service} that is available.',
    routes: 'The endpoint {endpoint} for {service} is not in {tables}, by which the private tier is routed.',
    zones: 'The endpoint {endpoint} for {service} has no subnet of the private tier in {zones}.',
    names: 'The endpoint {endpoint} for {service} has no private DNS names, so that calls go past it.',
  },
  evaluate: judgeEndpoints,
});

type Message = 'serves' | 'missing' | 'routes' | 'zones' | 'names';
type Kind = 'Gateway' | 'Interface';

function* judgeEndpoints(audit: VpcAudit): Iterable<Outcome<Message>> {
  const { gateway, interface: interfaces } = audit.baseline.network.endpoints;
  for (const service of gateway) yield judgeService(audit, 'Gateway', service);
  for (const service of interfaces) yield judgeService(audit, 'Interface', service);
}

/** Several endpoints for one service may share the work; one that serves all of the tier is enough. */
function judgeService(audit: VpcAudit, kind: Kind, service: string): Outcome<Message> {
  const about = {
    resource: vpcResource(audit, audit.vpc),
    key: `${kind.toLowerCase()} ${service}`,
    ...heldFor(audit.baseline.network),
  };
  const available = audit
    .value('ec2.vpcEndpoints')
    .filter(
      ({ vpc, type, state }) => vpc === audit.vpc.id && type === kind && state.toLowerCase() === 'available',
    )
    .filter(endpoint => isServiceName(endpoint.service, audit.region, service))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const judged = available.map(endpoint => ({
    endpoint: endpoint.id,
    fault: kind === 'Gateway' ? gatewayFault(audit, endpoint) : interfaceFault(audit, endpoint),
  }));
  const best = judged.find(({ fault }) => fault === undefined) ?? judged[0];
  if (best === undefined)
    return { status: 'fail', ...about, message: 'missing', data: { kind: kind.toLowerCase(), service } };
  const { endpoint, fault } = best;
  if (fault === undefined)
    return { status: 'pass', ...about, message: 'serves', data: { endpoint, service } };
  return { status: 'fail', ...about, message: fault.message, data: { endpoint, service, ...fault.data } };
}

type Fault = { message: Message; data?: Record<string, string> };

function gatewayFault(audit: VpcAudit, { routeTables }: VpcEndpoint): Fault | undefined {
  const tables = audit.value('ec2.routeTables');
  const own = audit.tier('private').flatMap(({ id }) => routeTableOf(id, audit.vpc.id, tables)?.id ?? []);
  const missing = [...new Set(own)].filter(id => !routeTables.includes(id)).sort();
  return missing.length === 0 ? undefined : { message: 'routes', data: { tables: missing.join(', ') } };
}

function interfaceFault(audit: VpcAudit, { subnets, privateDns }: VpcEndpoint): Fault | undefined {
  const tier = audit.tier('private');
  const zonesOf = (all: readonly { zone: string }[]) => new Set(all.map(({ zone }) => zone));
  const served = zonesOf(tier.filter(({ id }) => subnets.includes(id)));
  const missing = [...zonesOf(tier)].filter(zone => !served.has(zone)).sort();
  if (missing.length > 0) return { message: 'zones', data: { zones: missing.join(', ') } };
  return privateDns ? undefined : { message: 'names' };
}
