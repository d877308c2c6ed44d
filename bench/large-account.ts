import type { Snapshot } from '../src/snapshot/snapshot.ts';

const rulesPerFamily = 60;
const account = '123456789012';

/** The text of a snapshot with `groups` security groups of 60 rules in each address family, in the baseline's VPC. */
export function largeAccount(groups: number): string {
  const known = <T>(value: T) => ({ kind: 'known' as const, value });
  const groupId = (index: number) => `sg-${index.toString(16).padStart(17, '0')}`;
  const indices = Array.from({ length: groups }, (_, index) => index);
  const snapshot: Record<keyof Snapshot, unknown> = {
    schemaVersion: 1,
    tool: { name: 'securecart', version: '0.0.0' },
    takenAt: '2026-01-01T00:00:00.000Z',
    account: known({ id: account, partition: 'aws', caller: `arn:aws:iam::${account}:role/auditor` }),
    global: {},
    regions: {
      'eu-west-1': {
        'ec2.vpcs': known([
          { id: 'vpc-1', owner: account, isDefault: false, cidrs: ['10.0.0.0/16'], ipv6Cidrs: [], tags: {} },
        ]),
        'ec2.securityGroups': known(
          indices.map(index => ({
            id: groupId(index),
            name: index === 0 ? 'default' : `group-${index}`,
            vpc: 'vpc-1',
            owner: account,
            description: 'made by the benchmark',
            tags:
              index > 0 && index <= components.length
                ? { 'securecart:component': components[index - 1] }
                : {},
          })),
        ),
        'ec2.securityGroupRules': known(
          indices
            .flatMap(index =>
              Array.from({ length: rulesPerFamily }, (_, rule) => [
                { ...ruleOf(index, rule), peer: { kind: 'ipv4', cidr: ipv4(index, rule) } },
                { ...ruleOf(index, rule), peer: { kind: 'ipv6', cidr: ipv6(index, rule) } },
              ]).flat(),
            )
            .map((rule, index) => ({ id: `sgr-${index.toString(16).padStart(17, '0')}`, ...rule })),
        ),
        'ec2.prefixLists': known([]),
        'ec2.subnets': known(subnets),
        'ec2.routeTables': known([
          {
            id: 'rtb-1',
            vpc: 'vpc-1',
            owner: account,
            isMain: true,
            subnets: [],
            routes: [
              { destination: { kind: 'ipv4', cidr: '10.0.0.0/16' }, target: 'local', active: true },
              { destination: { kind: 'ipv4', cidr: '0.0.0.0/0' }, target: 'igw-1', active: true },
            ],
            tags: {},
          },
        ]),
        'ec2.networkAcls': known([
          {
            id: 'acl-1',
            vpc: 'vpc-1',
            owner: account,
            isDefault: true,
            entries: [false, true].flatMap(egress => [
              { number: 100, egress, action: 'allow', protocol: '-1', cidr: '0.0.0.0/0' },
              { number: 32767, egress, action: 'deny', protocol: '-1', cidr: '0.0.0.0/0' },
            ]),
            associations: [],
            tags: {},
          },
        ]),
        'ec2.natGateways': known([]),
        'ec2.vpcEndpoints': known([]),
        'ec2.networkInterfaces': known(indices.map(interfaceOf)),
        'elbv2.loadBalancers': known([]),
        'ecs.services': known([]),
        'rds.dbInstances': known([]),
        'lambda.functions': known([]),
      },
    },
    skippedRegions: [],
    calls: { made: 0, throttled: 0 },
  };
  return JSON.stringify(snapshot);

  /** Each group has one interface, the components' of their own kinds. */
  function interfaceOf(index: number) {
    const { type, requester } = makers[index - 1] ?? { type: 'interface', requester: account };
    return {
      id: `eni-${index.toString(16).padStart(17, '0')}`,
      vpc: 'vpc-1',
      subnet: `subnet-${index % subnets.length}`,
      owner: account,
      type,
      requester,
      description: 'made by the benchmark',
      securityGroups: [groupId(index)],
      privateAddresses: [`10.0.${(index % subnets.length) * 16 + (index >> 8)}.${index % 256}`],
      ipv6Addresses: [],
      tags: {},
    };
  }

  function ruleOf(index: number, rule: number) {
    const port = 1024 + ((index * 31 + rule * 7) % 60_000);
    return {
      group: groupId(index),
      direction: rule % 2 === 0 ? 'ingress' : 'egress',
      protocol: rule % 5 === 0 ? 'udp' : 'tcp',
      from: port,
      to: port + (rule % 3) * 10,
    };
  }
}

const components = ['alb', 'backend', 'rds', 'lambda', 'endpoints'];
const makers = [
  { type: 'interface', requester: 'amazon-elb' },
  { type: 'interface', requester: account },
  { type: 'interface', requester: 'amazon-rds' },
  { type: 'lambda', requester: account },
  { type: 'vpc_endpoint', requester: account },
];

const subnets = [0, 1, 2].map(index => ({
  id: `subnet-${index}`,
  arn: `arn:aws:ec2:eu-west-1:${account}:subnet/subnet-${index}`,
  vpc: 'vpc-1',
  owner: account,
  cidr: `10.0.${index * 16}.0/20`,
  ipv6Cidrs: [],
  zone: 'eu-west-1a',
  zoneId: 'euw1-az1',
  publicIpOnLaunch: false,
  tags: {},
}));

/** About 5,000 distinct CIDRs, as in an account whose rules name offices, partners and subnets over and over. */
const ipv4 = (index: number, rule: number) => `10.${(index + rule) % 50}.${(index * 3 + rule) % 100}.0/24`;
const ipv6 = (index: number, rule: number) =>
  `2001:db8:${((index + rule) % 50).toString(16)}:${((index * 3 + rule) % 100).toString(16)}::/64`;
