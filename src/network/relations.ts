import type { IpFamily } from '../model/packet.ts';
import type { Exchange } from './exchange.ts';
import type { Path } from './path.ts';
import { exchangesOver, type Request, requestsOver } from './reachability.ts';
import type { Network } from './topology.ts';

/** Everything that passes between two names over one family. */
export interface Relation {
  readonly from: string;
  readonly to: string;
  readonly family: IpFamily;
  /** All that arrives. */
  readonly requests: readonly Request[];
  /** What of it is answered. */
  readonly exchanges: readonly Exchange[];
}

/** What passes over some paths, by the names at their ends, where anything does. */
export function relationsOver(network: Network, paths: readonly Path[]): Relation[] {
  const relations = new Map<string, Relation>();
  for (const path of paths) {
    const requests = requestsOver(network, path);
    if (requests.length === 0) continue;
    const { family } = path;
    const ends = { from: path.client.name, to: path.server.name, family };
    const key = JSON.stringify(ends);
    const known = relations.get(key);
    relations.set(key, {
      ...ends,
      requests: [...(known?.requests ?? []), ...requests],
      exchanges: [...(known?.exchanges ?? []), ...exchangesOver(network, path)],
    });
  }
  return [...relations.values()];
}
