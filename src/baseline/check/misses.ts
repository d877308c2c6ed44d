import { NetworkAclRow, SecurityGroupRow } from '../../model/baseline/row.ts';
import type { Need, Suggestion } from '../../model/baseline-check.ts';
import type { RowId } from '../../model/identifiers.ts';
import { ofPlace } from '../../network/reachability.ts';
import type { Design } from './design.ts';
import type { Block } from './flows.ts';
import { isList, type List, packetsOf } from './lists.ts';

type Miss = Extract<Need, { kind: 'dead' }>['misses'][number];

/**
 * The blocked flows that an idle row was written for, as far as that can be told: the same row is suggested in the other
 * direction, or the row has the peer that the flow needs in this list, and not its ports.
 */
export function missesOf(
  { baseline }: Design,
  list: List,
  id: RowId,
  { blocks, suggestion }: { blocks: readonly Block[]; suggestion: Suggestion },
): Miss[] {
  const turned = reversedFor(list, id, suggestion);
  const own = only(list, id);
  const packets = packetsOf(own, baseline);
  const aside = blocks
    .filter(({ checkpoint }) => isList(checkpoint.list, list))
    .filter(
      ({ path, checkpoint }) =>
        ofPlace(packets[path.family], path[checkpoint.looksAt], path.family).length > 0,
    )
    .map(({ flow }) => flow.id)
    .filter(flow => !turned.includes(flow));
  return [
    ...[...new Set(turned)].map(flow => ({ flow, by: 'direction' as const })),
    ...[...new Set(aside)].map(flow => ({ flow, by: 'ports' as const })),
  ];
}

function reversedFor(list: List, id: RowId, suggestion: Suggestion) {
  const own: readonly (SecurityGroupRow | NetworkAclRow)[] = only(list, id).rows;
  const suggested =
    list.kind === 'security-group'
      ? suggestion.securityGroups
          .map(row => SecurityGroupRow.parse(row))
          .filter(({ component, direction }) => component === list.component && direction !== list.direction)
      : suggestion.networkAcls
          .map(row => NetworkAclRow.parse(row))
          .filter(({ tier, direction }) => tier === list.tier && direction !== list.direction);
  return suggested
    .filter(other => own.some(row => traffic(row) === traffic(other)))
    .flatMap(other => other.for ?? []);
}

const only = (list: List, id: RowId): List =>
  list.kind === 'security-group'
    ? { ...list, rows: list.rows.filter(row => row.id === id) }
    : { ...list, rows: list.rows.filter(row => row.id === id) };

const traffic = ({ protocol, ports, peer }: SecurityGroupRow | NetworkAclRow): string =>
  JSON.stringify([protocol, ports, peer]);
