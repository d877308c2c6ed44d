import { z } from 'zod';
import { fact } from '../../model/fact.ts';

const Tags = z.record(z.string(), z.string());

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
  from: z.number().int().optional(),
  /** The last port, or the ICMP code; absent where EC2 gives none. -1 is any. */
  to: z.number().int().optional(),
  peer: RulePeer,
  description: z.string().optional(),
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
  number: z.number().int(),
  egress: z.boolean(),
  action: z.enum(['allow', 'deny']),
  protocol: z.string(),
  /** An IPv4 or IPv6 CIDR; the family is the CIDR's. */
  cidr: z.string(),
  ports: z.strictObject({ from: z.number().int(), to: z.number().int() }).optional(),
  icmp: z.strictObject({ type: z.number().int(), code: z.number().int() }).optional(),
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
