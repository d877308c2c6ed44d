import { z } from 'zod';
import { IpFamily, Protocol } from './packet.ts';

const Port = z.int().min(0).max(65535);

/**
 * A connection that proves what passes or does not: who asks whom for what. `client` and `server` are addresses; `port`
 * is the server's and `clientPort` the client's (tcp, udp); `icmp` is the request's type and code.
 */
export const Connection = z.strictObject({
  family: IpFamily,
  protocol: Protocol,
  client: z.string(),
  clientPort: Port.optional(),
  server: z.string(),
  port: Port.optional(),
  icmp: z.strictObject({ type: z.int(), code: z.int() }).optional(),
});
export type Connection = z.infer<typeof Connection>;
