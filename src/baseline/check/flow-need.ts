import type { Need } from '../../model/baseline-check.ts';
import type { Connection } from '../../model/connection.ts';
import type { FlowId } from '../../model/identifiers.ts';
import { connectionIn } from '../../network/connection.ts';
import { brokenAt, missingAt } from '../../network/flow.ts';
import type { Network } from '../../network/topology.ts';
import { isList, type List } from './lists.ts';
import type { Passage } from './paths.ts';

/**
 * The flows that pass a list in one network, whether or not other lists block them, and not in another; undefined if
 * there are none.
 */
export function flowNeed(
  passages: readonly Passage[],
  list: List,
  whole: Network,
  rest: Network,
): Extract<Need, { kind: 'flow' }> | undefined {
  const broken = new Map<FlowId, Connection>();
  for (const passage of passages) {
    if (broken.has(passage.flow.id)) continue;
    const connection = brokenIn(passage, list, whole, rest);
    if (connection !== undefined) broken.set(passage.flow.id, connection);
  }
  const [connection] = broken.values();
  return connection && { kind: 'flow', flows: [...broken.keys()], connection };
}

/** A connection that is broken by what the list no longer lets through; each of the flow's ports counts by itself. */
function brokenIn(
  { path, demand }: Passage,
  list: List,
  whole: Network,
  rest: Network,
): Connection | undefined {
  for (const checkpoint of path.checkpoints.filter(each => isList(each.list, list))) {
    for (const ports of demand.ports) {
      const one = { ...demand, ports: [ports] };
      const [broken] = missingAt(rest, path, checkpoint, one);
      if (broken === undefined || missingAt(whole, path, checkpoint, one).length > 0) continue;
      return connectionIn(brokenAt(path, checkpoint, one, broken));
    }
  }
  return undefined;
}
