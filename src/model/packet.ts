import { z } from 'zod';

export const IpFamily = z.enum(['ipv4', 'ipv6']);
export type IpFamily = z.infer<typeof IpFamily>;

/** A protocol by its IANA name where EC2 has one, else by its number as a string (`47`). */
export const Protocol = z
  .string()
  .regex(/^(tcp|udp|icmp|icmpv6|\d{1,3})$/)
  .brand<'Protocol'>();
export type Protocol = z.infer<typeof Protocol>;

/**
 * The packet that proves a difference: who it comes from or goes to, and what it asks for.
 * `peer` is an address, or the id of a security group or prefix list whose addresses are not known.
 * `port` is the destination port (tcp, udp); `icmp` the type and code (icmp, icmpv6).
 */
export const Packet = z.strictObject({
  direction: z.enum(['ingress', 'egress']),
  family: IpFamily,
  protocol: Protocol,
  peer: z.string(),
  port: z.number().int().min(0).max(65535).optional(),
  icmp: z.strictObject({ type: z.number().int(), code: z.number().int() }).optional(),
});
export type Packet = z.infer<typeof Packet>;
