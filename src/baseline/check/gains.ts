import type { Need } from '../../model/baseline-check.ts';
import { connectionIn } from '../../network/connection.ts';
import { beyond, type Exchange } from '../../network/exchange.ts';
import type { Path } from '../../network/path.ts';
import { exchangesOver, requestsOver, seenAt } from '../../network/reachability.ts';
import { sameRegion } from '../../network/region.ts';
import { EVERY_SERVICE } from '../../network/service.ts';
import type { Network } from '../../network/topology.ts';
import { isList, type List } from './lists.ts';

/** Something that passes over one network and not over another. */
export type Gain = Pick<Extract<Need, { kind: 'closes' }>, 'from' | 'to' | 'connection'>;

/**
 * What passes over `after` and does not over `before`, which differ in some lists: a connection that is answered if
 * there is one, else a request that arrives; undefined if there is neither.
 */
export function gain(
  candidates: readonly Path[],
  before: Network,
  after: Network,
  lists: readonly List[],
): Gain | undefined {
  const paths = candidates.filter(path => differs(path, before, after, lists));
  return first(paths, exchangesOver, before, after) ?? first(paths, unanswered, before, after);
}

/** Most paths do not pass the lists that differ, or are not about the packets in which they do. */
const differs = (path: Path, before: Network, after: Network, lists: readonly List[]): boolean =>
  path.checkpoints.some(
    checkpoint =>
      lists.some(list => isList(checkpoint.list, list)) &&
      !sameRegion(seenAt(before, path, checkpoint), seenAt(after, path, checkpoint)),
  );

/** Requests as boxes whose answers may go to any port. */
const unanswered = (network: Network, path: Path): Exchange[] =>
  requestsOver(network, path).map(request => ({ ...request, replies: EVERY_SERVICE }));

function first(
  paths: readonly Path[],
  passing: (network: Network, path: Path) => Exchange[],
  before: Network,
  after: Network,
): Gain | undefined {
  for (const path of paths) {
    const boxes = passing(after, path);
    const [gained] = boxes.length === 0 ? [] : beyond(boxes, passing(before, path));
    if (gained !== undefined) {
      return { from: path.client.name, to: path.server.name, connection: connectionIn(gained) };
    }
  }
  return undefined;
}
