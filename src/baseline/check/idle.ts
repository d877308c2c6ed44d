import type { NetworkAclRow } from '../../model/baseline/row.ts';
import type { Need } from '../../model/baseline-check.ts';
import type { RowId } from '../../model/identifiers.ts';
import { decisions } from '../../network/network-acl.ts';
import { equal, intersection, isEmpty, type PacketSet } from '../../network/packet-set.ts';
import type { Design } from './design.ts';
import { type List, packetsOf, ruleListOf, without } from './lists.ts';
import { allowedBy, entriesOf } from './rules.ts';

/** Why a row need not be there. */
type Idle = Extract<Need, { kind: 'covered' | 'contradicted' | 'repeats-default' }>;

/** Why a list lets through the same packets without one of its rows; undefined if it does not. */
export function idleIn({ baseline }: Design, list: List, row: RowId): Idle | undefined {
  if (!equal(packetsOf(list, baseline), packetsOf(without(list, row), baseline))) return undefined;
  return list.kind === 'security-group' ? idleInGroup(list, row, baseline) : idleInAcl(list, row, baseline);
}

function idleInGroup(
  { rows }: Extract<List, { kind: 'security-group' }>,
  id: RowId,
  baseline: Design['baseline'],
): Idle {
  const own = allowedBy(only(rows, id), baseline);
  const by = rows.filter(row => row.id !== id && meet(allowedBy([row], baseline), own));
  return { kind: 'covered', by: by.map(({ id }) => id) };
}

/** What it would decide, rows before it decide; or what it does decide would be decided alike after it, or by default. */
function idleInAcl(
  list: Extract<List, { kind: 'network-acl' }>,
  id: RowId,
  baseline: Design['baseline'],
): Idle {
  const { direction } = ruleListOf(list);
  const decided = (rows: readonly NetworkAclRow[]) => decisions(entriesOf(rows, baseline), direction);
  const own = only(list.rows, id);
  const decides = decided(list.rows).filter(({ entry, packets }) => entry.row.id === id && !isEmpty(packets));
  const subject = decides.length > 0 ? decides : decided(own);
  const deciding = decided(list.rows.filter(row => row.id !== id))
    .filter(({ packets }) => subject.some(part => meet(packets, part.packets)))
    .map(({ entry }) => entry.row);
  const by = [...new Set(deciding.map(row => row.id))];
  if (by.length === 0) return { kind: 'repeats-default' };
  return { kind: deciding.every(({ action }) => action === own[0]?.action) ? 'covered' : 'contradicted', by };
}

const only = <Row extends { id: RowId }>(rows: readonly Row[], id: RowId): Row[] =>
  rows.filter(row => row.id === id);

const meet = (a: PacketSet, b: PacketSet): boolean => !isEmpty(intersection(a, b));
