import type { Connection } from '../model/connection.ts';
import type { IpFamily } from '../model/packet.ts';
import { peerAt } from './address.ts';
import type { Exchange } from './exchange.ts';
import { serviceAt, servicePoint } from './service.ts';
import { type Interval, type PointSet, valueAt } from './step-function.ts';
import { FIRST_HOST, KNOWN_SERVICES, SOMEBODY } from './witness.ts';

/** A port that clients of every system use. */
const USUAL_CLIENT_PORT = 50000;

/** One connection of a box of what passes, for a service that a reader knows if it can be. */
export function connectionIn({ family, services, replies, clients, servers }: Exchange): Connection {
  const known = KNOWN_SERVICES.find(point => services.start <= point && point < services.end);
  const asked = serviceAt(known ?? services.start);
  const client = addressIn(clients, family);
  return {
    family,
    ...asked,
    ...(asked.port === undefined ? {} : { clientPort: usualPort(replies, asked.protocol) }),
    client: peerAt(client, family),
    server: peerAt(anotherThan(client, addressIn(servers, family), servers), family),
  };
}

function usualPort(replies: Interval<number>, protocol: Connection['protocol']): number {
  const usual = servicePoint({ protocol, port: USUAL_CLIENT_PORT });
  const point = replies.start <= usual && usual < replies.end ? usual : replies.start;
  return serviceAt(point).port ?? USUAL_CLIENT_PORT;
}

/** An address of a set that is not empty: somebody on the internet if it can be, else a host. */
function addressIn(addresses: PointSet<bigint>, family: IpFamily): bigint {
  const [first] = addresses;
  if (first === undefined || valueAt(addresses, SOMEBODY[family], false)) return SOMEBODY[family];
  const host = first.start + FIRST_HOST;
  return host < first.end ? host : first.start;
}

/** Nobody connects to themselves, if there is anybody else. */
const anotherThan = (client: bigint, server: bigint, servers: PointSet<bigint>): bigint =>
  server === client && valueAt(servers, server + 1n, false) ? server + 1n : server;
