import type { Need } from '../../model/baseline-check.ts';
import type { RowId } from '../../model/identifiers.ts';
import type { Checkpoint, Path } from '../../network/path.ts';
import { seenAt } from '../../network/reachability.ts';
import { combine, type Region } from '../../network/region.ts';
import type { Network } from '../../network/topology.ts';
import { assertionOf } from './assertions.ts';
import { listAt } from './blame.ts';
import { type Design, withList } from './design.ts';
import { flowNeed } from './flow-need.ts';
import { type Gain, gain } from './gains.ts';
import { idleIn } from './idle.ts';
import { isList, type List, nameOf, without } from './lists.ts';
import { type Passage, passagesOf } from './paths.ts';

/** Why each row of the tables is there: what becomes of the network without it. */
export function needsOf(design: Design): Map<RowId, Need> {
  const needs = new Map<RowId, Need>();
  const spare: Row[] = [];
  const passages = design.baseline.flows.flatMap(flow =>
    flow.must === 'pass' ? passagesOf(design, flow) : [],
  );
  for (const row of rowsOf(design)) {
    const need = needAlone(design, passages, row);
    if (need !== undefined) needs.set(row.id, need);
    else spare.push(row);
  }
  for (const [first, second, closed] of doubleLocks(design, spare)) {
    needs.set(first, { kind: 'second-lock', with: second, ...closed });
    needs.set(second, { kind: 'second-lock', with: first, ...closed });
  }
  for (const row of spare) if (!needs.has(row.id)) needs.set(row.id, dead(design, row));
  return needs;
}

/** A row and where it stands. */
interface Row {
  readonly id: RowId;
  readonly list: List;
  readonly allows: boolean;
}

const rowsOf = ({ lists }: Design): Row[] =>
  lists.flatMap((list): Row[] =>
    list.kind === 'security-group'
      ? list.rows.map(({ id, effect }) => ({ id, list, allows: effect === 'allow' }))
      : list.rows.map(({ id, action }) => ({ id, list, allows: action === 'allow' })),
  );

/** Without a row that allows, only less can pass, and without one that denies, only more. */
function needAlone(
  design: Design,
  passages: readonly Passage[],
  { id, list, allows }: Row,
): Need | undefined {
  if (list.kind === 'security-group' && !allows) return assertionOf(design, list, id);
  const idle = idleIn(design, list, id);
  if (idle !== undefined) return idle;
  const { network, baseline, paths, ownPaths } = design;
  const rest = withList(network, without(list, id), baseline);
  if (!allows) {
    // Strangers count: none of their groups is known, so that between them the network ACLs stand alone.
    const closed = gain(paths, network, rest, [list]);
    return closed && { kind: 'closes', ...closed };
  }
  const flow = flowNeed(passages, list, network, rest);
  if (flow !== undefined) return flow;
  const opened = gain(ownPaths, rest, network, [list]);
  return opened && { kind: 'opens', ...opened, misses: [] };
}

/** Two rows that deny in two lists may close the same: neither is missed until both are gone. */
function doubleLocks({ network, paths, baseline }: Design, spare: readonly Row[]): [RowId, RowId, Gain][] {
  const denying = spare.filter(({ allows }) => !allows);
  const pairs = denying.flatMap((row, index) => denying.slice(index + 1).map(other => [row, other] as const));
  return pairs.flatMap(([a, b]): [RowId, RowId, Gain][] => {
    if (a.list === b.list) return [];
    const open = [a, b].reduce((rest, { id, list }) => withList(rest, without(list, id), baseline), network);
    const closed = gain(paths, network, open, [a.list, b.list]);
    return closed === undefined ? [] : [[a.id, b.id, closed]];
  });
}

/** What a row is about meets a list that lets through nothing of it: the same one on every path, or several. */
function dead(design: Design, { id, list }: Row): Need {
  const alone = withList(design.network, allowingAlone(list, id), design.baseline);
  const stops = design.ownPaths.flatMap(path =>
    path.checkpoints
      .filter(checkpoint => isList(checkpoint.list, list))
      .filter(checkpoint => seenAt(alone, path, checkpoint).length > 0)
      .map(checkpoint => stopsBeside(design, alone, path, checkpoint)),
  );
  const always = stops[0]?.filter(stop => stops.every(others => others.includes(stop))) ?? [];
  const names = new Set(always.length > 0 ? always : stops.flat());
  return { kind: 'dead', stoppedBy: [...names].map(nameOf), misses: [] };
}

/** The other lists of the same leg that let through nothing of what one list sees. */
const stopsBeside = (design: Design, alone: Network, path: Path, checkpoint: Checkpoint): List[] =>
  path.checkpoints
    .filter(other => other !== checkpoint && other.leg === checkpoint.leg)
    .filter(other => {
      const about = { checkpoint, region: seenAt(alone, path, checkpoint) };
      return !couldBeOne(about, { checkpoint: other, region: seenAt(design.network, path, other) });
    })
    .map(other => listAt(design, other));

function allowingAlone(list: List, id: RowId): List {
  return list.kind === 'security-group'
    ? { ...list, rows: list.rows.filter(row => row.id === id) }
    : {
        ...list,
        rows: list.rows.filter(row => row.id === id).map(row => ({ ...row, action: 'allow' as const })),
      };
}

/** Whether one packet can be in both regions: where they look at two ends, it must ask for one service. */
function couldBeOne(a: Sight, b: Sight): boolean {
  const sameEnd = a.checkpoint.looksAt === b.checkpoint.looksAt;
  const services = (region: Region): Region => region.map(step => ({ ...step, value: EVERYWHERE }));
  const [left, right] = sameEnd ? [a.region, b.region] : [services(a.region), services(b.region)];
  return combine(left, right, (inA, inB) => inA && inB).length > 0;
}

const EVERYWHERE = [{ start: 0n, end: 1n, value: true }];

interface Sight {
  readonly checkpoint: Checkpoint;
  readonly region: Region;
}
