import { Tier } from '../../model/baseline/row.ts';
import { buildEndpoints } from './endpoints.ts';
import { buildFlowLog } from './flow-log.ts';
import { buildGroups } from './groups.ts';
import { buildInternetGateway } from './internet-gateway.ts';
import { buildNatGateways } from './nat-gateways.ts';
import { inTurn, type Provision } from './part.ts';
import { buildRoutes } from './routes.ts';
import { buildSubnets } from './subnets.ts';
import { buildVpc } from './vpc.ts';

/**
 * What a network is made of, as far as it is missing. Rules, network ACLs and settings are left as AWS creates them: the
 * mends of findings give them what the baseline says, whether the object is new or not.
 */
export const network: Provision = {
  controls: ['vpc/*', 'security-group/*', 'network-acl/*'],
  needs: [
    'ec2.vpcs',
    'ec2.vpcDns',
    'ec2.availabilityZones',
    'ec2.subnets',
    'ec2.routeTables',
    'ec2.internetGateways',
    'ec2.elasticIps',
    'ec2.natGateways',
    'ec2.vpcEndpoints',
    'ec2.networkAcls',
    'ec2.securityGroups',
    'ec2.securityGroupRules',
    'ec2.flowLogs',
    'logs.logGroups',
    'iam.roles',
  ],
  build: site =>
    inTurn(site, [
      buildVpc,
      buildInternetGateway,
      ...Tier.options.map(buildSubnets),
      buildNatGateways,
      ...Tier.options.map(buildRoutes),
      buildGroups,
      buildEndpoints,
      buildFlowLog,
    ]),
};
