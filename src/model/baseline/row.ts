import { z } from 'zod';
import { FlowId, RowId } from '../identifiers.ts';
import { Severity } from '../severity.ts';

/** The parts of SecureCart that security-group rows speak of. */
export const Component = z.enum(['alb', 'backend', 'rds', 'lambda', 'endpoints']);
export type Component = z.infer<typeof Component>;

/** The kinds of subnet; each tier is one CIDR that holds a subnet in every availability zone. */
export const Tier = z.enum(['public', 'private', 'database']);
export type Tier = z.infer<typeof Tier>;

/** The AWS services that a gateway endpoint and a managed prefix list exist for. */
export const GatewayService = z.enum(['s3', 'dynamodb']);
export type GatewayService = z.infer<typeof GatewayService>;

/** Where a row comes from: `document` for the security design as written, `derived` for what it needs in order to work. */
export const Origin = z.enum(['document', 'derived']);
export type Origin = z.infer<typeof Origin>;

const CidrText = z
  .string()
  .describe('An IPv4 or IPv6 CIDR in canonical form, such as 10.0.0.0/16 or 2001:db8::/32');

/** The other end of a row, as the file writes it (one key) and as the program reads it (a union on `kind`). */
export const RowPeer = z
  .union([
    z.strictObject({ cidr: CidrText }).transform(({ cidr }) => ({ kind: 'cidr' as const, cidr })),
    z
      .strictObject({ network: z.enum(['internet', 'vpc']) })
      .transform(({ network }) => ({ kind: 'network' as const, network })),
    z.strictObject({ tier: Tier }).transform(({ tier }) => ({ kind: 'tier' as const, tier })),
    z
      .strictObject({ component: Component })
      .transform(({ component }) => ({ kind: 'component' as const, component })),
    z
      .strictObject({ service: GatewayService })
      .transform(({ service }) => ({ kind: 'service' as const, service })),
  ])
  .describe(
    'cidr: addresses; network: the internet (0.0.0.0/0) or the VPC; tier: its CIDR; component: its security groups; service: the prefix list of its gateway endpoint',
  );
export type RowPeer = z.infer<typeof RowPeer>;

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
  ports: z.array(PortRange).min(1).optional(),
};

/** The words of the document's own row, cell by cell, kept beside the rule that expresses them. */
const Wording = z.string().min(1).describe("The document's row or bullet, as it is written there");

/** What every row of the baseline says about itself. */
const provenance = {
  id: RowId,
  purpose: z.string().min(1),
  origin: Origin,
  severity: Severity.optional().describe("Replaces the control's severity for this row"),
  because: z.string().min(1).optional().describe('Why a derived row is needed'),
  for: z.array(FlowId).min(1).optional().describe('The intended flows that need a derived row'),
  deviation: z
    .string()
    .min(1)
    .optional()
    .describe('Why a row of the document is expressed otherwise than it is written'),
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
  ...provenance,
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
  peer: RowPeer,
};

/** One row of the NACL table: as many entries as it has items in `ports`, numbered upwards from `number`. */
export const NetworkAclRow = z.strictObject({
  ...provenance,
  ...NetworkAclRule,
  document: z
    .strictObject({ wording: Wording, literal: z.strictObject(NetworkAclRule).optional() })
    .optional(),
});
export type NetworkAclRow = z.infer<typeof NetworkAclRow>;
