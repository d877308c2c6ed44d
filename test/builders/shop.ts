import type {
  NetworkAcl,
  NetworkAclEntry,
  NetworkInterface,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  VpcEndpoint,
} from '../../src/services/ec2/facts.ts';
import type { FactName, FactValue } from '../../src/services/facts.ts';
import { encryption } from './encryption.ts';
import { identity } from './identity.ts';
import { OWNER, REGION } from './place.ts';
import { protection } from './protection.ts';
import { secrets, TASK } from './secrets.ts';
import { trails } from './trails.ts';

/** Every fact of one Region, known; a test changes it in place. */
export type Facts = { [Name in FactName]: FactValue<Name> };

export { OWNER, REGION };
export const VPC = 'vpc-0a';

/** The security groups of the shop, by component, and the VPC's own. */
export const GROUP = {
  alb: 'sg-0a1b',
  backend: 'sg-0bac',
  rds: 'sg-0db5',
  lambda: 'sg-01a4',
  endpoints: 'sg-0e9d',
  default: 'sg-0def',
} as const;

/** A shop as the baseline that is shipped wants it, written by hand so that it owes the program nothing. */
export function shop(): Facts {
  return {
    'ec2.vpcs': [
      { id: VPC, owner: OWNER, isDefault: false, cidrs: ['10.0.0.0/16'], ipv6Cidrs: [], tags: {} },
    ],
    'ec2.vpcDns': [{ vpc: VPC, hostnames: true, support: true }],
    'ec2.availabilityZones': [`${REGION}a`, `${REGION}b`, `${REGION}c`],
    'ec2.subnets': [
      subnet('subnet-0a1', '10.0.0.0/24', 'a'),
      subnet('subnet-0a2', '10.0.1.0/24', 'b'),
      subnet('subnet-0b1', '10.0.16.0/24', 'a'),
      subnet('subnet-0b2', '10.0.17.0/24', 'b'),
      subnet('subnet-0d1', '10.0.32.0/24', 'a'),
      subnet('subnet-0d2', '10.0.33.0/24', 'b'),
    ],
    'ec2.routeTables': [
      routeTable('rtb-0f', [], true),
      routeTable('rtb-0a', ['subnet-0a1', 'subnet-0a2']),
      routeTable('rtb-0b', ['subnet-0b1', 'subnet-0b2']),
      routeTable('rtb-0d', ['subnet-0d1', 'subnet-0d2']),
    ].map(table =>
      table.id === 'rtb-0a' ? { ...table, routes: [...table.routes, route('0.0.0.0/0', 'igw-0a')] } : table,
    ),
    'ec2.internetGateways': [{ id: 'igw-0a', owner: OWNER, vpcs: [VPC], tags: {} }],
    'ec2.elasticIps': [],
    'ec2.natGateways': [],
    'ec2.vpcEndpoints': [
      gatewayEndpoint('vpce-0a3', 's3'),
      gatewayEndpoint('vpce-0adb', 'dynamodb'),
      ...['secretsmanager', 'ssm', 'ecr.api', 'ecr.dkr', 'logs', 'kms', 'sts'].map((service, index) =>
        interfaceEndpoint(`vpce-0b${index}`, service),
      ),
    ],
    'ec2.networkInterfaces': [
      networkInterface('eni-0a1', 'subnet-0a1', 'interface', 'amazon-elb', GROUP.alb, '10.0.0.10'),
      networkInterface('eni-0a2', 'subnet-0a2', 'interface', 'amazon-elb', GROUP.alb, '10.0.1.10'),
      networkInterface('eni-0b1', 'subnet-0b1', 'interface', '111122223333', GROUP.backend, '10.0.16.10'),
      networkInterface(
        'eni-0b2',
        'subnet-0b1',
        'vpc_endpoint',
        '111122223333',
        GROUP.endpoints,
        '10.0.16.20',
      ),
      networkInterface('eni-0b3', 'subnet-0b2', 'lambda', '111122223333', GROUP.lambda, '10.0.17.30'),
      networkInterface('eni-0d1', 'subnet-0d1', 'interface', 'amazon-rds', GROUP.rds, '10.0.32.10'),
    ],
    'ec2.securityGroups': [
      group(GROUP.alb, 'alb'),
      group(GROUP.backend, 'backend'),
      group(GROUP.rds, 'rds'),
      group(GROUP.lambda, 'lambda'),
      group(GROUP.endpoints, 'endpoints'),
      group(GROUP.default, 'default'),
    ],
    'ec2.securityGroupRules': [
      rule('sgr-0a1', GROUP.alb, 'ingress tcp 80 0.0.0.0/0'),
      rule('sgr-0a2', GROUP.alb, 'ingress tcp 443 0.0.0.0/0'),
      rule('sgr-0a3', GROUP.alb, 'egress tcp 80 10.0.0.0/16'),
      rule('sgr-0a4', GROUP.alb, 'egress tcp 443 10.0.0.0/16'),
      rule('sgr-0a5', GROUP.alb, `egress tcp 8080 ${GROUP.backend}`),
      rule('sgr-0b1', GROUP.backend, `ingress tcp 8080 ${GROUP.alb}`),
      rule('sgr-0b2', GROUP.backend, `egress tcp 5432 ${GROUP.rds}`),
      rule('sgr-0b3', GROUP.backend, 'egress tcp 443 pl-0a3'),
      rule('sgr-0b4', GROUP.backend, 'egress tcp 443 pl-0adb'),
      rule('sgr-0b5', GROUP.backend, `egress tcp 443 ${GROUP.endpoints}`),
      rule('sgr-0d1', GROUP.rds, `ingress tcp 5432 ${GROUP.backend}`),
      rule('sgr-0f1', GROUP.lambda, 'egress tcp 443 0.0.0.0/0'),
      rule('sgr-0e1', GROUP.endpoints, `ingress tcp 443 ${GROUP.backend}`),
      rule('sgr-0e2', GROUP.endpoints, `ingress tcp 443 ${GROUP.lambda}`),
    ],
    'ec2.networkAcls': [
      networkAcl('acl-0f', [], ['inbound 100 allow all 0.0.0.0/0', 'outbound 100 allow all 0.0.0.0/0']),
      networkAcl(
        'acl-0a',
        ['subnet-0a1', 'subnet-0a2'],
        [
          'inbound 100 allow tcp 80 0.0.0.0/0',
          'inbound 101 allow tcp 443 0.0.0.0/0',
          'inbound 105 allow tcp 1024-65535 10.0.16.0/20',
          'inbound 110 deny all 0.0.0.0/0',
          'outbound 120 allow tcp 80 10.0.0.0/16',
          'outbound 121 allow tcp 443 10.0.0.0/16',
          'outbound 122 allow tcp 8080 10.0.16.0/20',
          'outbound 123 deny tcp 1024-65535 10.0.0.0/16',
          'outbound 124 allow tcp 1024-65535 0.0.0.0/0',
          'outbound 130 deny all 0.0.0.0/0',
        ],
      ),
      networkAcl(
        'acl-0b',
        ['subnet-0b1', 'subnet-0b2'],
        [
          'inbound 200 allow tcp 8080 10.0.0.0/20',
          'inbound 211 allow tcp 443 10.0.16.0/20',
          'inbound 212 allow tcp 1024-65535 10.0.16.0/20',
          'inbound 215 allow tcp 1024-65535 10.0.32.0/20',
          'inbound 216 deny tcp 1024-65535 10.0.0.0/16',
          'inbound 217 allow tcp 1024-65535 0.0.0.0/0',
          'inbound 220 deny all 0.0.0.0/0',
          'outbound 230 allow tcp 443 0.0.0.0/0',
          'outbound 240 allow tcp 1024-65535 10.0.0.0/20',
          'outbound 245 allow tcp 1024-65535 10.0.16.0/20',
          'outbound 250 allow tcp 5432 10.0.32.0/20',
        ],
      ),
      networkAcl(
        'acl-0d',
        ['subnet-0d1', 'subnet-0d2'],
        [
          'inbound 300 allow tcp 5432 10.0.16.0/20',
          'inbound 310 deny all 0.0.0.0/0',
          'outbound 315 allow tcp 1024-65535 10.0.16.0/20',
          'outbound 320 deny all 0.0.0.0/0',
        ],
      ),
    ],
    'ec2.prefixLists': [
      prefixList('pl-0a3', `com.amazonaws.${REGION}.s3`, ['52.218.0.0/17', '3.5.64.0/21']),
      prefixList('pl-0adb', `com.amazonaws.${REGION}.dynamodb`, ['52.94.24.0/23']),
    ],
    'ec2.flowLogs': [{ id: 'fl-0a', resource: VPC, status: 'ACTIVE' }],
    'logs.logGroups': [],
    'iam.roles': [],
    ...trails(),
    'elbv2.loadBalancers': [
      {
        arn: `arn:aws:elasticloadbalancing:${REGION}:${OWNER}:loadbalancer/app/shop/1`,
        name: 'shop',
        vpc: VPC,
        type: 'application',
        scheme: 'internet-facing',
        ipAddressType: 'ipv4',
        securityGroups: [GROUP.alb],
        subnets: ['subnet-0a1', 'subnet-0a2'],
      },
    ],
    'rds.dbInstances': [
      {
        arn: `arn:aws:rds:${REGION}:${OWNER}:db:shop`,
        id: 'shop',
        engine: 'postgres',
        status: 'available',
        port: 5432,
        masterSecret: 'sound',
        vpc: VPC,
        subnetGroup: 'shop',
        subnets: ['subnet-0d1', 'subnet-0d2'],
        securityGroups: [GROUP.rds],
        publiclyAccessible: false,
        storageEncrypted: true,
        instanceClass: 'db.t4g.micro',
        multiAz: false,
        parameterGroups: [{ name: 'shop-16', status: 'in-sync' }],
        tags: {},
      },
    ],
    'ecs.services': [
      {
        arn: `arn:aws:ecs:${REGION}:${OWNER}:service/shop/backend`,
        name: 'backend',
        cluster: `arn:aws:ecs:${REGION}:${OWNER}:cluster/shop`,
        status: 'ACTIVE',
        subnets: ['subnet-0b1', 'subnet-0b2'],
        securityGroups: [GROUP.backend],
        assignPublicIp: false,
        taskDefinitions: [TASK],
      },
    ],
    'lambda.functions': [
      {
        arn: `arn:aws:lambda:${REGION}:${OWNER}:function:orders`,
        name: 'orders',
        role: `arn:aws:iam::${OWNER}:role/securecart-orders-function`,
        vpc: { id: VPC, subnets: ['subnet-0b1', 'subnet-0b2'], securityGroups: [GROUP.lambda] },
      },
    ],
    ...protection(),
    ...encryption(),
    ...secrets(),
    ...identity(),
  };
}

/** A subnet of the shop's VPC in the zone of that letter. */
export const subnet = (id: string, cidr: string, zone: string): Subnet => ({
  id,
  arn: `arn:aws:ec2:${REGION}:${OWNER}:subnet/${id}`,
  vpc: VPC,
  owner: OWNER,
  cidr,
  ipv6Cidrs: [],
  zone: `${REGION}${zone}`,
  zoneId: `euw1-az${zone === 'a' ? 1 : 2}`,
  publicIpOnLaunch: false,
  tags: {},
});

/** An active route to a CIDR of either family. */
export const route = (cidr: string, target: string) => ({
  destination: { kind: cidr.includes(':') ? ('ipv6' as const) : ('ipv4' as const), cidr },
  target,
  active: true,
});

const routeTable = (id: string, subnets: string[], isMain = false) => ({
  id,
  vpc: VPC,
  owner: OWNER,
  isMain,
  subnets,
  routes: [route('10.0.0.0/16', 'local')],
  tags: {},
});

const gatewayEndpoint = (id: string, service: string): VpcEndpoint => ({
  ...interfaceEndpoint(id, service),
  type: 'Gateway',
  privateDns: false,
  routeTables: ['rtb-0b'],
  subnets: [],
  securityGroups: [],
});

const interfaceEndpoint = (id: string, service: string): VpcEndpoint => ({
  id,
  vpc: VPC,
  owner: OWNER,
  type: 'Interface',
  service: `com.amazonaws.${REGION}.${service}`,
  state: 'available',
  privateDns: true,
  routeTables: [],
  subnets: ['subnet-0b1', 'subnet-0b2'],
  securityGroups: [GROUP.endpoints],
  tags: {},
});

/** A network interface with one group and no public address. */
export const networkInterface = (
  id: string,
  subnet: string,
  type: string,
  requester: string,
  group: string,
  ...privateAddresses: string[]
): NetworkInterface => ({
  id,
  vpc: VPC,
  subnet,
  owner: OWNER,
  type,
  requester,
  description: '',
  securityGroups: [group],
  privateAddresses,
  ipv6Addresses: [],
  tags: {},
});

/** A security group of the shop's VPC. */
export const group = (id: string, name: string, tags: Record<string, string> = {}): SecurityGroup => ({
  id,
  name,
  vpc: VPC,
  owner: OWNER,
  description: name,
  tags,
});

/** A rule as its words: `ingress tcp 80-90 10.0.0.0/8`, `egress -1 any sg-…`, `ingress icmp 8/0 pl-…`; `any` gives no ports. */
export function rule(id: string, group: string, words: string): SecurityGroupRule {
  const [direction, protocol = '', ports = '', peer = ''] = words.split(' ');
  const [from = '', to = from] = ports.split(/[-/]/);
  return {
    id,
    group,
    direction: direction === 'ingress' ? 'ingress' : 'egress',
    protocol,
    ...(ports === 'any' ? {} : { from: Number(from), to: Number(to) }),
    peer: peerOf(peer),
  };
}

function peerOf(peer: string): SecurityGroupRule['peer'] {
  if (peer.startsWith('pl-')) return { kind: 'prefix-list', id: peer };
  if (peer.startsWith('sg-')) return { kind: 'security-group', id: peer, owner: OWNER };
  return { kind: peer.includes(':') ? 'ipv6' : 'ipv4', cidr: peer };
}

/** A managed prefix list with known entries; the family is that of its CIDRs. */
export const prefixList = (id: string, name: string, cidrs: string[]) => ({
  id,
  name,
  owner: name.startsWith('com.amazonaws.') ? 'AWS' : OWNER,
  family: cidrs[0]?.includes(':') === true ? ('ipv6' as const) : ('ipv4' as const),
  entries: { kind: 'known' as const, value: cidrs },
});

/** A network ACL with entries by their words, and AWS's own last ones; the one without subnets is the VPC's default. */
export const networkAcl = (id: string, subnets: string[], entries: string[]): NetworkAcl => ({
  id,
  vpc: VPC,
  owner: OWNER,
  isDefault: subnets.length === 0,
  entries: [...entries, 'inbound 32767 deny all 0.0.0.0/0', 'outbound 32767 deny all 0.0.0.0/0'].map(entry),
  associations: subnets.map(subnet => ({ id: `aclassoc-${subnet}`, subnet })),
  tags: {},
});

const NUMBER: Record<string, string> = { tcp: '6', udp: '17', all: '-1' };

/** An entry as its words: `inbound 100 allow tcp 80-90 0.0.0.0/0`, `outbound 110 deny all ::/0`. */
export function entry(words: string): NetworkAclEntry {
  const [direction, number, action, protocol = '', ...rest] = words.split(' ');
  const [cidr = '', ports] = rest.toReversed();
  const [from = '', to = from] = ports?.split('-') ?? [];
  return {
    number: Number(number),
    egress: direction === 'outbound',
    action: action === 'allow' ? 'allow' : 'deny',
    protocol: NUMBER[protocol] ?? protocol,
    cidr,
    ...(ports === undefined ? {} : { ports: { from: Number(from), to: Number(to) } }),
  };
}
