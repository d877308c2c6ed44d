import { servicesOfRule } from './service.ts';
import type { Interval } from './step-function.ts';

/** Who begins a connection, as far as it decides from which ports. */
export type ClientKind =
  | 'internet'
  | 'load-balancer'
  | 'service'
  | 'function'
  | 'db-instance'
  | 'vpc-endpoint'
  | 'nat-gateway';

/** Ports, both included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

const ANY_CLIENT: Ports = { from: 1024, to: 65535 };

/**
 * The ports that a reply may have to come back to (Amazon VPC User Guide, "Ephemeral ports"). AWS advises 1024-65535
 * where clients are mixed. That is kept for ECS and EC2 as well: a Linux kernel uses 32768-61000 and Windows
 * 49152-65535, but the baseline does not say which it is. A client that uses a port below 1024 gets no reply.
 */
export const CLIENT_PORTS = {
  internet: ANY_CLIENT,
  'load-balancer': ANY_CLIENT,
  service: ANY_CLIENT,
  function: ANY_CLIENT,
  'nat-gateway': ANY_CLIENT,
  // They are asked and do not ask; were one to, it would be from Linux's ports.
  'db-instance': { from: 32768, to: 61000 },
  'vpc-endpoint': { from: 32768, to: 61000 },
} as const satisfies Record<ClientKind, Ports>;

/** The services of replies to a client of one kind. */
export const clientServices = (protocol: 'tcp' | 'udp', ports: Ports): Interval<number> =>
  servicesOfRule({ protocol, ...ports });

/** Of each protocol with ports, those that a NAT gateway puts in the place of the client's. */
export const NAT_PORTS = (['tcp', 'udp'] as const).map(protocol => ({
  protocol: servicesOfRule({ protocol }),
  ports: clientServices(protocol, CLIENT_PORTS['nat-gateway']),
}));
