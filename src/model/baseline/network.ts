import { z } from 'zod';
import { FlowId } from '../identifiers.ts';
import { item, Wording } from './provenance.ts';
import { Component, GatewayService, NetworkAclRow, PortRange, SecurityGroupRow, Tier } from './row.ts';

const CidrText = z.string().describe('An IPv4 CIDR in canonical form, such as 10.0.0.0/16');

/** The interface endpoints' service names, without `com.amazonaws.<region>.`. */
const InterfaceService = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/);

const TierLayout = z.strictObject({
  ...item,
  cidr: CidrText,
  internetRoute: z.boolean().describe('Whether its route table leads to an internet gateway'),
  subnets: z
    .array(
      z.strictObject({
        cidr: CidrText,
        zone: z
          .string()
          .regex(/^[a-z]$/)
          .describe('The letter of the availability zone'),
      }),
    )
    .min(1),
});

/** The VPC, its tiers and its endpoints. */
export const NetworkLayout = z.strictObject({
  ...item,
  vpc: z.strictObject({
    cidr: CidrText,
    id: z
      .string()
      .regex(/^vpc-[0-9a-f]+$/)
      .optional()
      .describe('Binds the baseline to this VPC'),
  }),
  egress: z
    .enum(['endpoints', 'nat'])
    .describe(
      'How the private tier reaches AWS: through VPC endpoints, or a NAT gateway (which costs, and widens the public tier)',
    ),
  tiers: z.strictObject({
    public: TierLayout,
    private: TierLayout,
    database: TierLayout,
  } satisfies Record<Tier, typeof TierLayout>),
  endpoints: z.strictObject({
    gateway: z.array(GatewayService).describe('Services with a gateway endpoint, which costs nothing'),
    interface: z
      .array(InterfaceService)
      .describe('Services with an interface endpoint, charged for by the hour and zone'),
  }),
  flowLogs: z.boolean().describe('Whether the VPC has an active flow log'),
});
export type NetworkLayout = z.infer<typeof NetworkLayout>;

/** How a component is found in an account: what its security groups are attached to, unless ids or tags name them. */
const ComponentBinding = z.strictObject({
  tier: Tier,
  attachedTo: z.enum(['load-balancer', 'service', 'db-instance', 'function', 'vpc-endpoint']),
  securityGroups: z
    .array(z.string().regex(/^sg-[0-9a-f]+$/))
    .min(1)
    .optional()
    .describe('Binds the component to these security groups, whatever they are attached to'),
  port: z.int().min(1).max(65535).optional().describe('The port on which it listens'),
  purpose: z.string().min(1),
});
export type ComponentBinding = z.infer<typeof ComponentBinding>;

/** One component by name; all of them are declared. */
export const Components = z.strictObject({
  alb: ComponentBinding,
  backend: ComponentBinding,
  rds: ComponentBinding,
  lambda: ComponentBinding,
  endpoints: ComponentBinding,
} satisfies Record<Component, typeof ComponentBinding>);
export type Components = z.infer<typeof Components>;

/** One end of an intended flow. */
export const FlowEnd = z.union([
  z
    .strictObject({ network: z.enum(['internet', 'anywhere']) })
    .transform(({ network }) => ({ kind: 'network' as const, network })),
  z
    .strictObject({ component: Component })
    .transform(({ component }) => ({ kind: 'component' as const, component })),
  z
    .strictObject({ service: GatewayService })
    .transform(({ service }) => ({ kind: 'service' as const, service })),
]);
export type FlowEnd = z.infer<typeof FlowEnd>;

const intent = {
  id: FlowId.describe('In kebab-case, unique in the file'),
  from: FlowEnd,
  to: FlowEnd,
  purpose: z.string().min(1),
  document: z.array(Wording).min(1).optional().describe("The document's words that ask for it"),
};

/** Traffic that must pass, request and reply, or that must not. */
export const Flow = z.discriminatedUnion('must', [
  z.strictObject({
    ...intent,
    must: z.literal('pass'),
    protocol: z.enum(['tcp', 'udp']),
    ports: z.array(PortRange).min(1),
  }),
  z.strictObject({
    ...intent,
    must: z.literal('not-pass'),
    except: z
      .array(Component)
      .min(1)
      .optional()
      .describe('The components for which `anywhere` does not speak'),
  }),
]);
export type Flow = z.infer<typeof Flow>;

/** The network part of a baseline. */
export const networkSections = {
  network: NetworkLayout.describe('The VPC, its tiers and its endpoints'),
  components: Components.describe(
    'The parts of SecureCart that rows speak of, and how each is found in an account',
  ),
  securityGroups: z
    .strictObject({
      ...item,
      defaultGroup: z
        .strictObject({ ...item, closed: z.literal(true).describe('It has no rule at all') })
        .describe("The VPC's default security group"),
      rows: z.array(SecurityGroupRow).describe('A direction for which a component has no row allows nothing'),
    })
    .describe('The security groups of each component'),
  networkAcls: z
    .strictObject({
      ...item,
      rows: z.array(NetworkAclRow).describe('In any order; AWS evaluates the lowest number first'),
    })
    .describe('The network ACL of each tier'),
  flows: z
    .array(Flow)
    .describe('What must pass, request and reply, and what must not; all else is meant to be denied'),
};
