import type { RowId } from '../../model/identifiers.ts';
import type { IpFamily } from '../../model/packet.ts';
import { decisions } from '../../network/network-acl.ts';
import { difference, intersection, isEmpty, NO_PACKETS, type PacketSet } from '../../network/packet-set.ts';
import type { Checkpoint, Path } from '../../network/path.ts';
import { ofPlace, type Request } from '../../network/reachability.ts';
import { combine, type Region } from '../../network/region.ts';
import type { Design } from './design.ts';
import { isList, type List, ruleListOf } from './lists.ts';
import { allowedBy, entriesOf } from './rules.ts';

/** The list of a checkpoint. */
export function listAt({ lists }: Design, { list }: Checkpoint): List {
  const found = lists.find(candidate => isList(list, candidate));
  if (found === undefined) throw new RangeError(`no list is ${list.kind} ${list.ids.join(', ')}`);
  return found;
}

/** Who decides on packets at a list: the rows, and for what no row names, the default, which denies. */
export function decidedBy(
  { baseline }: Design,
  list: List,
  region: Region,
  family: IpFamily,
): { rows: RowId[]; unnamed: boolean } {
  if (list.kind === 'security-group') return { rows: [], unnamed: true };
  const packets: PacketSet = { ...NO_PACKETS, [family]: region };
  const deciding = decisions(entriesOf(list.rows, baseline), ruleListOf(list).direction);
  const rows = deciding
    .filter(decision => !isEmpty(intersection(decision.packets, packets)))
    .map(({ entry }) => entry.row.id);
  const rest = deciding.reduce((left, decision) => difference(left, decision.packets), packets);
  return { rows: [...new Set(rows)], unnamed: !isEmpty(rest) };
}

/** The rows that let a request through, in the order in which it meets them. */
export function rowsLetting(design: Design, path: Path, request: Request): RowId[] {
  const rows = path.checkpoints
    .filter(({ leg }) => leg === 'request')
    .flatMap(checkpoint => {
      const value = checkpoint.looksAt === 'client' ? request.clients : request.servers;
      const asked: Region = [{ ...request.services, value }];
      return rowsAllowing(design, path, checkpoint, asked);
    });
  return [...new Set(rows)];
}

function rowsAllowing(design: Design, path: Path, checkpoint: Checkpoint, asked: Region): RowId[] {
  const list = listAt(design, checkpoint);
  if (list.kind === 'network-acl') return decidedBy(design, list, asked, path.family).rows;
  const place = path[checkpoint.looksAt];
  return list.rows
    .filter(row => {
      const allowed = ofPlace(allowedBy([row], design.baseline)[path.family], place, path.family);
      return combine(allowed, asked, (a, b) => a && b).length > 0;
    })
    .map(({ id }) => id);
}
