import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

const Tags = z.record(z.string(), z.string());

export const Vpc = z.strictObject({
  id: z.string(),
  owner: z.string(),
  isDefault: z.boolean(),
  /** Every associated IPv4 CIDR, the primary first. */
  cidrs: z.array(z.string()),
  ipv6Cidrs: z.array(z.string()),
  tags: Tags,
});
export type Vpc = z.infer<typeof Vpc>;

/** What a VPC's own resolver does: whether it answers, and whether what is launched has a name in it. */
export const VpcDns = z.strictObject({ vpc: z.string(), support: z.boolean(), hostnames: z.boolean() });
export type VpcDns = z.infer<typeof VpcDns>;

export const Subnet = z.strictObject({
  id: z.string(),
  arn: z.string(),
  vpc: z.string(),
  owner: z.string(),
  /** Absent in a subnet of IPv6 alone. */
  cidr: z.string().optional(),
  ipv6Cidrs: z.array(z.string()),
  /** The zone's name (`eu-west-1a`) and its id, which is the same in every account (`euw1-az2`). */
  zone: z.string(),
  zoneId: z.string(),
  publicIpOnLaunch: z.boolean(),
  tags: Tags,
});
export type Subnet = z.infer<typeof Subnet>;

/** One route; `target` is the id of what it leads to (`igw-…`, `nat-…`, `vpce-…`, `local`), or `none` where that is gone; `active` is false for a blackhole. */
export const Route = z.strictObject({
  destination: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ipv4'), cidr: z.string() }),
    z.strictObject({ kind: z.literal('ipv6'), cidr: z.string() }),
    z.strictObject({ kind: z.literal('prefix-list'), id: z.string() }),
  ]),
  target: z.string(),
  active: z.boolean(),
});
export type Route = z.infer<typeof Route>;

export const RouteTable = z.strictObject({
  id: z.string(),
  vpc: z.string(),
  owner: z.string(),
  /** Whether it serves the subnets of its VPC that name no table of their own. */
  isMain: z.boolean(),
  subnets: z.array(z.string()),
  routes: z.array(Route),
  tags: Tags,
});
export type RouteTable = z.infer<typeof RouteTable>;

export const InternetGateway = z.strictObject({
  id: z.string(),
  owner: z.string(),
  vpcs: z.array(z.string()),
  tags: Tags,
});
export type InternetGateway = z.infer<typeof InternetGateway>;

/** An Elastic IP address, by the id of its allocation. */
export const ElasticIp = z.strictObject({
  id: z.string(),
  /** Whether it is associated with anything. */
  inUse: z.boolean(),
  tags: Tags,
});
export type ElasticIp = z.infer<typeof ElasticIp>;

export const NatGateway = z.strictObject({
  id: z.string(),
  vpc: z.string(),
  /** Absent where the gateway is regional: it stands in no one subnet. */
  subnet: z.string().optional(),
  state: z.string(),
  connectivity: z.enum(['public', 'private']),
  /** The ids of the allocations of its addresses, that of its primary one first; absent where it has none of its own. */
  addresses: z.array(z.string()).optional(),
  tags: Tags,
});
export type NatGateway = z.infer<typeof NatGateway>;

export const VpcEndpoint = z.strictObject({
  id: z.string(),
  vpc: z.string(),
  owner: z.string(),
  /** `Gateway`, `Interface`, `GatewayLoadBalancer`, …, as EC2 names them. */
  type: z.string(),
  /** `com.amazonaws.eu-west-1.s3` and the like; an ARN where the endpoint leads into VPC Lattice. */
  service: z.string(),
  state: z.string(),
  privateDns: z.boolean(),
  routeTables: z.array(z.string()),
  subnets: z.array(z.string()),
  securityGroups: z.array(z.string()),
  tags: Tags,
});
export type VpcEndpoint = z.infer<typeof VpcEndpoint>;

export const NetworkInterface = z.strictObject({
  id: z.string(),
  vpc: z.string(),
  subnet: z.string(),
  owner: z.string(),
  /** EC2's InterfaceType: `interface`, `network_load_balancer`, `nat_gateway`, `vpc_endpoint`, `lambda`, … */
  type: z.string(),
  /** Who asked for it: an account, or a service such as `amazon-elb`, `amazon-rds`. */
  requester: z.string().optional(),
  description: z.string(),
  securityGroups: z.array(z.string()),
  privateAddresses: z.array(z.string()),
  ipv6Addresses: z.array(z.string()),
  publicAddress: z.string().optional(),
  /** The EC2 instance it is attached to. */
  instance: z.string().optional(),
  tags: Tags,
});
export type NetworkInterface = z.infer<typeof NetworkInterface>;

export const FlowLog = z.strictObject({
  id: z.string(),
  resource: z.string(),
  status: z.string(),
  /** Why nothing is delivered, as EC2 says it: `Access error`, `Rate limited`, …; absent where it is. */
  failure: z.string().optional(),
  /** Absent where it has none. */
  tags: Tags.optional(),
});
export type FlowLog = z.infer<typeof FlowLog>;

/** The other end of a security-group rule. */
export const RulePeer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ipv4'), cidr: z.string() }),
  z.strictObject({ kind: z.literal('ipv6'), cidr: z.string() }),
  z.strictObject({ kind: z.literal('prefix-list'), id: z.string() }),
  z.strictObject({
    kind: z.literal('security-group'),
    id: z.string(),
    /** Absent where EC2 gives none: the group is gone, and the rule is stale. */
    owner: z.string().optional(),
    vpc: z.string().optional(),
    peeringConnection: z.string().optional(),
    peeringStatus: z.string().optional(),
  }),
]);
export type RulePeer = z.infer<typeof RulePeer>;

/** One rule as DescribeSecurityGroupRules gives it: one protocol, one port range, one peer. */
export const SecurityGroupRule = z.strictObject({
  id: z.string(),
  group: z.string(),
  direction: z.enum(['ingress', 'egress']),
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  protocol: z.string(),
  /** The first port, or the ICMP type; absent where EC2 gives none. -1 is any. */
  from: z.int().optional(),
  /** The last port, or the ICMP code; absent where EC2 gives none. -1 is any. */
  to: z.int().optional(),
  peer: RulePeer,
  description: z.string().optional(),
  /** Absent where it has none. */
  tags: Tags.optional(),
});
export type SecurityGroupRule = z.infer<typeof SecurityGroupRule>;

export const SecurityGroup = z.strictObject({
  id: z.string(),
  name: z.string(),
  vpc: z.string(),
  owner: z.string(),
  description: z.string(),
  tags: Tags,
});
export type SecurityGroup = z.infer<typeof SecurityGroup>;

/** One NACL entry; `protocol` is a number as a string, `-1` for all. */
export const NetworkAclEntry = z.strictObject({
  number: z.int(),
  egress: z.boolean(),
  action: z.enum(['allow', 'deny']),
  protocol: z.string(),
  /** An IPv4 or IPv6 CIDR; the family is the CIDR's. */
  cidr: z.string(),
  ports: z.strictObject({ from: z.int(), to: z.int() }).optional(),
  icmp: z.strictObject({ type: z.int(), code: z.int() }).optional(),
});
export type NetworkAclEntry = z.infer<typeof NetworkAclEntry>;

export const NetworkAcl = z.strictObject({
  id: z.string(),
  vpc: z.string(),
  owner: z.string(),
  isDefault: z.boolean(),
  entries: z.array(NetworkAclEntry),
  associations: z.array(z.strictObject({ id: z.string(), subnet: z.string() })),
  tags: Tags,
});
export type NetworkAcl = z.infer<typeof NetworkAcl>;

/** A managed prefix list, AWS's or a customer's, with the CIDRs of its current version. */
export const PrefixList = z.strictObject({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  family: z.enum(['ipv4', 'ipv6']),
  entries: fact(z.array(z.string())),
});
export type PrefixList = z.infer<typeof PrefixList>;

/** The facts of EC2's network, each of one Region. */
export const ec2Facts = {
  'ec2.vpcs': snapshotFact(z.array(Vpc)),
  /** One for each of `ec2.vpcs`. */
  'ec2.vpcDns': snapshotFact(z.array(VpcDns)),
  /** The names of the Region's availability zones that the account may use, such as `eu-west-1a`. */
  'ec2.availabilityZones': snapshotFact(z.array(z.string())),
  'ec2.subnets': snapshotFact(z.array(Subnet)),
  'ec2.routeTables': snapshotFact(z.array(RouteTable)),
  'ec2.internetGateways': snapshotFact(z.array(InternetGateway)),
  'ec2.elasticIps': snapshotFact(z.array(ElasticIp)),
  'ec2.natGateways': snapshotFact(z.array(NatGateway)),
  'ec2.vpcEndpoints': snapshotFact(z.array(VpcEndpoint)),
  'ec2.networkInterfaces': snapshotFact(z.array(NetworkInterface)),
  'ec2.securityGroups': snapshotFact(z.array(SecurityGroup)),
  'ec2.securityGroupRules': snapshotFact(z.array(SecurityGroupRule)),
  'ec2.networkAcls': snapshotFact(z.array(NetworkAcl)),
  /** The lists that a rule or a route of the Region names. */
  'ec2.prefixLists': snapshotFact(z.array(PrefixList)),
  'ec2.flowLogs': snapshotFact(z.array(FlowLog)),
};
