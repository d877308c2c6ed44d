import type { ComponentBinding } from '../model/baseline/network.ts';
import type { Subnet, Vpc } from '../services/ec2/facts.ts';
import type { FactName, FactValue } from '../services/facts.ts';
import type { Carrier } from './binding.ts';
import { isStanding } from './standing-endpoint.ts';

/** Where a component's carriers are looked for. */
export interface Place {
  readonly vpc: Vpc;
  readonly tier: () => readonly Subnet[];
  readonly value: <Name extends FactName>(name: Name) => FactValue<Name>;
}

const carriers = {
  'load-balancer': loadBalancers,
  service: backendServices,
  'db-instance': postgresInstances,
  function: functions,
  'vpc-endpoint': interfaceEndpoints,
} satisfies Record<ComponentBinding['attachedTo'], (place: Place) => Carrier[]>;

/** What carries the groups of a component that is attached to `kind`. Throws UnknownFact. */
export const carriersOf = (kind: ComponentBinding['attachedTo'], place: Place): readonly Carrier[] =>
  carriers[kind](place).filter(({ groups }) => groups.length > 0);

/** The internet-facing Application Load Balancers, or the internal ones where none faces the internet. */
function loadBalancers({ vpc, value }: Place): Carrier[] {
  const all = value('elbv2.loadBalancers').filter(
    ({ type, vpc: home }) => type === 'application' && home === vpc.id,
  );
  const facing = all.filter(({ scheme }) => scheme === 'internet-facing');
  return (facing.length > 0 ? facing : all).map(({ arn, securityGroups, subnets, scheme }) => ({
    resource: arn,
    groups: securityGroups,
    subnets,
    publicAddress: scheme === 'internet-facing',
  }));
}

/** The ECS services, and the interfaces of EC2 instances, that stand in the component's tier. */
function backendServices({ tier, value }: Place): Carrier[] {
  const subnets = new Set(tier().map(({ id }) => id));
  const services = value('ecs.services').filter(
    ({ status, subnets: own }) => status !== 'INACTIVE' && own.some(subnet => subnets.has(subnet)),
  );
  const interfaces = value('ec2.networkInterfaces').filter(
    ({ instance, subnet }) => instance !== undefined && subnets.has(subnet),
  );
  return [
    ...services.map(({ arn, securityGroups, subnets, assignPublicIp }) => ({
      resource: arn,
      groups: securityGroups,
      subnets,
      publicAddress: assignPublicIp,
    })),
    ...interfaces.map(({ id, securityGroups, subnet, publicAddress }) => ({
      resource: id,
      groups: securityGroups,
      subnets: [subnet],
      publicAddress: publicAddress !== undefined,
    })),
  ];
}

/** RDS for PostgreSQL and Aurora PostgreSQL; a database in the wrong subnet is still the component's. */
function postgresInstances({ vpc, value }: Place): Carrier[] {
  return value('rds.dbInstances')
    .filter(({ engine, vpc: home }) => home === vpc.id && engine.includes('postgres'))
    .map(({ arn, securityGroups, subnets, publiclyAccessible }) => ({
      resource: arn,
      groups: securityGroups,
      subnets,
      publicAddress: publiclyAccessible,
    }));
}

/** A function has no public address, whatever the subnet gives out (AWS Lambda Developer Guide, "Internet access"). */
function functions({ vpc, value }: Place): Carrier[] {
  return value('lambda.functions').flatMap(({ arn, vpc: home }) =>
    home?.id === vpc.id
      ? [{ resource: arn, groups: home.securityGroups, subnets: home.subnets, publicAddress: false }]
      : [],
  );
}

function interfaceEndpoints({ vpc, value }: Place): Carrier[] {
  return value('ec2.vpcEndpoints')
    .filter(endpoint => endpoint.type === 'Interface' && endpoint.vpc === vpc.id && isStanding(endpoint))
    .map(({ id, securityGroups, subnets }) => ({
      resource: id,
      groups: securityGroups,
      subnets,
      publicAddress: false,
    }));
}
