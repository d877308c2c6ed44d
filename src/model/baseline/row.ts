import { z } from 'zod';
import { FlowId } from '../identifiers.ts';
import { provenance, Wording } from './provenance.ts';

/** The parts of SecureCart that security-group rows speak of. */
export const Component = z.enum(['alb', 'backend', 'rds', 'lambda', 'endpoints']);
export type Component = z.infer<typeof Component>;

/** The kinds of subnet; each tier is one CIDR that holds a subnet in every availability zone. */
export const Tier = z.enum(['public', 'private', 'database']);
export type Tier = z.infer<typeof Tier>;

/** The AWS services that a gateway endpoint and a managed prefix list exist for. */
export const GatewayService = z.enum(['s3', 'dynamodb']);
export type GatewayService = z.infer<typeof GatewayService>;

const CidrText = z
  .string()
  .describe('An IPv4 or IPv6 CIDR in canonical form, such as 10.0.0.0/16 or 2001:db8::/32');

const peers = {
  cidr: z
    .strictObject({ cidr: CidrText })
    .transform(({ cidr }) => ({ kind: 'cidr' as const, cidr }))
    .describe('These addresses'),
  network: z
    .strictObject({ network: z.enum(['internet', 'vpc']) })
    .transform(({ network }) => ({ kind: 'network' as const, network }))
    .describe('internet is 0.0.0.0/0; vpc is the CIDR of the VPC'),
  tier: z
    .strictObject({ tier: Tier })
    .transform(({ tier }) => ({ kind: 'tier' as const, tier }))
    .describe('The CIDR of this tier'),
  component: z
    .strictObject({ component: Component })
    .transform(({ component }) => ({ kind: 'component' as const, component }))
    .describe('The security groups of this component'),
  service: z
    .strictObject({ service: GatewayService })
    .transform(({ service }) => ({ kind: 'service' as const, service }))
    .describe('The prefix list of the gateway endpoint of this service'),
};

/** The other end of a row, as the file writes it (one key) and as the program reads it (a union on `kind`). */
export const RowPeer = z.union([peers.cidr, peers.network, peers.tier, peers.component, peers.service]);
export type RowPeer = z.infer<typeof RowPeer>;

/** The other end of a NACL's row: an entry of a network ACL holds a CIDR, never a group or a prefix list. */
export const AddressPeer = z.union([peers.cidr, peers.network, peers.tier]);
export type AddressPeer = z.infer<typeof AddressPeer>;

const Port = z.int().min(0).max(65535);

/** A port, or a range written `1024-65535`; read as `{from, to}`, both included. */
export const PortRange = z
  .union([
    Port.transform(port => ({ from: port, to: port })),
    z
      .string()
      .regex(/^\d{1,5}-\d{1,5}$/, 'a port range is written like 1024-65535')
      .transform(text => {
        const [from = '', to = ''] = text.split('-');
        return { from: Number(from), to: Number(to) };
      })
      .refine(({ from, to }) => from <= to, { error: 'a port range runs from the lower port to the higher' })
      .refine(({ to }) => to <= 65535, { error: 'a port is at most 65535' }),
  ])
  .describe('A port from 0 to 65535, or a range such as 1024-65535');
export type PortRange = z.infer<typeof PortRange>;

/** What a row matches: `ports` belongs to tcp and udp, and is absent for `all`, `icmp` and `icmpv6`. */
const Traffic = {
  protocol: z.enum(['tcp', 'udp', 'icmp', 'icmpv6', 'all']),
  ports: z.array(PortRange).min(1).optional().describe('Destination ports, of tcp and udp only'),
};

/** Which flows a row is for; what else every row says about itself is its provenance. */
const rowProvenance = {
  ...provenance,
  for: z.array(FlowId).min(1).optional().describe('The intended flows that need a derived row'),
};

const SecurityGroupRule = {
  component: Component,
  direction: z.enum(['ingress', 'egress']),
  effect: z
    .enum(['allow', 'deny'])
    .describe('deny is an assertion, since security groups only allow: no such packet is let in'),
  ...Traffic,
  peer: RowPeer,
};

/** One row of the security-group table. */
export const SecurityGroupRow = z.strictObject({
  ...rowProvenance,
  ...SecurityGroupRule,
  document: z
    .strictObject({ wording: Wording, literal: z.strictObject(SecurityGroupRule).optional() })
    .optional(),
});
export type SecurityGroupRow = z.infer<typeof SecurityGroupRow>;

const NetworkAclRule = {
  tier: Tier,
  direction: z.enum(['inbound', 'outbound']),
  number: z
    .int()
    .min(1)
    .max(32766)
    .describe('The number of the first entry; each further item of `ports` takes the next number'),
  action: z.enum(['allow', 'deny']),
  ...Traffic,
  peer: AddressPeer,
};

/** One row of the NACL table: as many entries as it has items in `ports`, numbered upwards from `number`. */
export const NetworkAclRow = z.strictObject({
  ...rowProvenance,
  ...NetworkAclRule,
  document: z
    .strictObject({ wording: Wording, literal: z.strictObject(NetworkAclRule).optional() })
    .optional(),
});
export type NetworkAclRow = z.infer<typeof NetworkAclRow>;
