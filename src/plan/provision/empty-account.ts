import type { Baseline } from '../../model/baseline/baseline.ts';
import { Tier } from '../../model/baseline/row.ts';
import { type Fact, known } from '../../model/fact.ts';
import { AccountId, Partition, Region } from '../../model/identifiers.ts';
import { endpointServiceName } from '../../network/service-names.ts';
import type { PrefixList } from '../../services/ec2/facts.ts';
import type { GlobalFacts, RegionFacts } from '../../services/facts.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';

/** Whose account {@link emptyAccount} is: nobody's. */
export const NO_ACCOUNT = AccountId.parse('000000000000');

/** Stands in a plan for whichever Region the baseline will be built in. */
export const ANY_REGION = Region.parse('any-region-1');

/**
 * An account in which nothing stands, as a snapshot: what is planned for it is the whole of a baseline. Its zones are
 * those that the baseline names.
 */
export const emptyAccount = (
  { network }: Baseline,
  { version, takenAt }: { version: string; takenAt: string },
): Snapshot => ({
  schemaVersion: 1,
  tool: { name: 'securecart', version },
  takenAt,
  account: known({ id: NO_ACCOUNT, partition: Partition.parse('aws'), caller: 'nobody' }),
  global: nothingGlobal,
  regions: {
    [ANY_REGION]: {
      ...nothing,
      'ec2.availabilityZones': known([
        ...new Set(
          Tier.options.flatMap(tier => network.tiers[tier].subnets.map(({ zone }) => ANY_REGION + zone)),
        ),
      ]),
      'ec2.prefixLists': known([prefixList('s3', '192.0.2.0/24'), prefixList('dynamodb', '198.51.100.0/24')]),
    },
  },
  skippedRegions: [],
  calls: { made: 0, throttled: 0 },
});

/** The id of AWS's list for a service, which is another one in every Region. */
export const prefixListId = (service: string): string => `pl-${service}`;

/** A list holds something, or a rule that names it would allow nothing; these addresses are those of examples (RFC 5737). */
const prefixList = (service: string, cidr: string): PrefixList => ({
  id: prefixListId(service),
  name: endpointServiceName('Gateway', ANY_REGION, service),
  owner: 'AWS',
  family: 'ipv4',
  entries: known([cidr]),
});

const none: Fact<never[]> = known([]);

const nothingGlobal: Required<GlobalFacts> = {
  's3.accountPublicAccessBlock': known(null),
  'iam.authorization': known({ users: [], groups: [], roles: [], policies: [] }),
  'iam.accessKeys': none,
  'iam.rootUser': known({ accessKey: false, mfa: true, password: true }),
};

const nothing: Required<RegionFacts> = {
  'ec2.vpcs': none,
  'ec2.vpcDns': none,
  'ec2.availabilityZones': none,
  'ec2.subnets': none,
  'ec2.routeTables': none,
  'ec2.internetGateways': none,
  'ec2.elasticIps': none,
  'ec2.natGateways': none,
  'ec2.vpcEndpoints': none,
  'ec2.networkInterfaces': none,
  'ec2.securityGroups': none,
  'ec2.securityGroupRules': none,
  'ec2.networkAcls': none,
  'ec2.prefixLists': none,
  'ec2.flowLogs': none,
  'logs.logGroups': none,
  'iam.roles': none,
  'elbv2.loadBalancers': none,
  'rds.dbInstances': none,
  'rds.dbClusters': none,
  'rds.parameterGroups': none,
  'rds.parameterGroupTags': none,
  'rds.snapshots': none,
  'rds.subnetGroups': none,
  'rds.ownParameterGroups': none,
  'rds.parameterFamilies': known([{ name: 'postgres17', forceTls: known('1') }]),
  'ecs.services': none,
  'ecs.taskDefinitions': none,
  'lambda.functions': none,
  'wafv2.webAcls': none,
  'wafv2.ruleGroups': none,
  'wafv2.ipSets': none,
  'wafv2.listedIpSets': none,
  'wafv2.webAclTags': none,
  'wafv2.associations': none,
  'wafv2.loggingConfigurations': none,
  'cognito.userPools': none,
  'apigateway.restApis': none,
  'apigateway.account': known({}),
  'apigatewayv2.apis': none,
  'apigatewayv2.httpApis': none,
  'apigatewayv2.webSocketApis': none,
  's3.buckets': none,
  's3.publicGrants': none,
  's3.trailBuckets': none,
  'kms.keys': none,
  'kms.trailKeys': none,
  'kms.customerKeys': none,
  'kms.customerKeyTags': none,
  'kms.customerKeyPolicies': none,
  'cloudtrail.trails': none,
  'cloudtrail.trailTags': none,
  'kms.secretKeys': none,
  'secretsmanager.secrets': none,
  'secretsmanager.policies': none,
  'ssm.parameters': none,
  'ssm.documents': none,
  'ssm.publicSharing': known(true),
  'ebs.encryptionByDefault': known(false),
  'ebs.volumes': none,
  'ebs.snapshots': none,
  'ebs.publicSnapshots': none,
  'ebs.snapshotSharing': none,
  'ebs.snapshotBlockPublicAccess': known('unblocked'),
};
