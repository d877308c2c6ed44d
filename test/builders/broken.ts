import { addEntries, addRules, changes, replaceEntry, replaceRule } from './change.ts';
import {
  type Facts,
  GROUP,
  group,
  networkAcl,
  networkInterface,
  prefixList,
  route,
  subnet,
  VPC,
} from './shop.ts';

/** Shops that fall short of the baseline, each in its own way; the laws hold of every one. */
export const broken: Readonly<Record<string, (facts: Facts) => unknown>> = {
  'open database': addRules(
    GROUP.rds,
    'ingress tcp 5432 0.0.0.0/1',
    'ingress tcp 5432 128.0.0.0/1',
    'egress -1 any ::/0',
  ),
  'past the load balancer': replaceRule(
    'sgr-0b1',
    GROUP.backend,
    'ingress tcp 8080 0.0.0.0/0',
    'ingress tcp 22 ::/0',
  ),
  'prefix lists': changes(addRules(GROUP.backend, 'ingress tcp 3389 pl-1', 'egress tcp 443 pl-2'), facts =>
    facts['ec2.prefixLists'].push(
      prefixList('pl-1', 'everybody', ['0.0.0.0/0']),
      prefixList('pl-2', 'partner', ['198.51.100.0/24']),
    ),
  ),
  'stale references': facts =>
    facts['ec2.securityGroupRules'].push({
      id: 'sgr-1',
      group: GROUP.lambda,
      direction: 'ingress',
      protocol: '-1',
      peer: { kind: 'security-group', id: 'sg-1' },
    }),
  'default group as created': addRules(
    GROUP.default,
    `ingress -1 any ${GROUP.default}`,
    'egress -1 any 0.0.0.0/0',
  ),
  'shared and stray groups': facts => {
    facts['ec2.securityGroups'].push(
      group('sg-1', 'more'),
      group('sg-2', 'tagged', { 'securecart:component': 'rds' }),
    );
    for (const balancer of facts['elbv2.loadBalancers']) balancer.securityGroups.push('sg-1');
    for (const { vpc } of facts['lambda.functions']) vpc?.securityGroups.push(GROUP.backend);
  },
  'no components': facts => {
    facts['elbv2.loadBalancers'] = [];
    facts['ecs.services'] = [];
    facts['rds.dbInstances'] = [];
    facts['lambda.functions'] = [];
  },
  'network ACLs out of order': changes(
    replaceEntry('acl-0a', 'inbound 110', 'inbound 90 deny all 0.0.0.0/0'),
    addEntries('acl-0b', 'inbound 1 allow all 0.0.0.0/0'),
    replaceEntry('acl-0d', 'outbound 315'),
    facts =>
      facts['ec2.networkAcls'].push(networkAcl('acl-1', ['subnet-1'], ['inbound 1 allow tcp 22 ::/0'])),
  ),
  'one network ACL for all': facts => {
    for (const acl of facts['ec2.networkAcls']) acl.associations = [];
  },
  'routes to the internet': facts => {
    for (const { routes } of facts['ec2.routeTables']) routes.push(route('0.0.0.0/0', 'igw-0a'));
  },
  'a crowded public tier': facts => {
    facts['ec2.networkInterfaces'].push(
      networkInterface('eni-1', 'subnet-0a1', 'interface', 'me', GROUP.backend),
    );
    for (const { subnets } of facts['rds.dbInstances']) subnets.push('subnet-0a1');
    for (const subnet of facts['ec2.subnets']) subnet.publicIpOnLaunch = true;
    facts['ec2.subnets'].push(subnet('subnet-1', '10.0.99.0/24', 'a'));
  },
  'endpoints and flow logs gone': facts => {
    facts['ec2.vpcEndpoints'] = [];
    facts['ec2.flowLogs'] = [];
  },
  'no VPC': facts => {
    facts['ec2.vpcs'] = [];
  },
  'two VPCs': facts => {
    facts['ec2.vpcs'].push(...facts['ec2.vpcs'].map(vpc => ({ ...vpc, id: `${VPC}2` })));
  },
};
