import { NetworkAclRow, SecurityGroupRow } from '../../model/baseline/row.ts';
import type { Suggestion } from '../../model/baseline-check.ts';
import type { FlowId, RowId } from '../../model/identifiers.ts';
import type { List } from './lists.ts';

/** The flows for which a row is suggested that is this one in the other direction: it was written the wrong way round. */
export function reversedFor(list: List, id: RowId, suggestion: Suggestion): FlowId[] {
  const own: readonly (SecurityGroupRow | NetworkAclRow)[] = list.rows.filter(row => row.id === id);
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

const traffic = ({ protocol, ports, peer }: SecurityGroupRow | NetworkAclRow): string =>
  JSON.stringify([protocol, ports, peer]);
