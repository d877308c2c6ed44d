import type { Baseline } from '../../../model/baseline/baseline.ts';
import { NetworkAclRow, SecurityGroupRow } from '../../../model/baseline/row.ts';
import type {
  RowList,
  SuggestedAclRow,
  SuggestedGroupRow,
  Suggestion,
} from '../../../model/baseline-check.ts';
import { RowId } from '../../../model/identifiers.ts';
import { covers, equal } from '../../../network/packet-set.ts';
import { type Design, designOf } from '../design.ts';
import { type Block, wantedVerdict } from '../flows.ts';
import { type List, nameOf } from '../lists.ts';
import { permittedBy } from '../rules.ts';
import { type AclLack, lacksOf } from './lack.ts';
import { aclRows, groupRow } from './rows.ts';

/**
 * Rows that let the blocked flows through. A row stands in one list, so that no fewer rows can do than there are lists
 * that block; each row has the narrowest peer and ports that such a list can name, and what still has to name the whole
 * internet does not open the VPC. That they do what they are for is found out by trying.
 */
export function suggest(design: Design, blocks: readonly Block[]): Suggestion {
  const lacks = lacksOf(design, blocks);
  const groups = lacks.flatMap(lack => (lack.kind === 'security-group' ? [groupRow(lack)] : []));
  const noRoom: RowList[] = [];
  const acls = listsAmong(lacks.flatMap(lack => (lack.kind === 'network-acl' ? [lack] : []))).flatMap(own => {
    const rows = rowsFor(design, own);
    if (rows === undefined) noRoom.push(...own.slice(0, 1).map(({ list }) => nameOf(list)));
    return rows ?? [];
  });
  const ids = new Set<string>(
    [...design.baseline.securityGroups.rows, ...design.baseline.networkAcls.rows].map(({ id }) => id),
  );
  const securityGroups = groups.map(row => ({ ...row, id: free(row.id, ids) }));
  const networkAcls = acls.map(row => ({ ...row, id: free(row.id, ids) }));
  return {
    securityGroups,
    networkAcls,
    least: new Set(lacks.map(({ list }) => list)).size,
    stillBlocked: stillBlocked(design, securityGroups, networkAcls),
    noRoom,
  };
}

function listsAmong(lacks: readonly AclLack[]): AclLack[][] {
  const lists = new Map<List, AclLack[]>();
  for (const lack of lacks) lists.set(lack.list, [...(lists.get(lack.list) ?? []), lack]);
  return [...lists.values()];
}

/**
 * The VPC is denied before a row for the whole internet where that is of use, and cuts nothing which the list lets
 * through. A row that the others carry is left out.
 */
function rowsFor({ baseline }: Design, lacks: readonly AclLack[]): SuggestedAclRow[] | undefined {
  const rows = lacks[0]?.list.rows ?? [];
  const permitted = (added: readonly SuggestedAclRow[]) =>
    permittedBy([...rows, ...added.map(row => NetworkAclRow.parse(row))], baseline);
  const shielded = aclRows(lacks, true);
  const plain = aclRows(lacks, false);
  const chosen = shielded !== undefined && covers(permitted(shielded), permitted([])) ? shielded : plain;
  return chosen?.reduce((kept, row) => {
    const others = kept.filter(other => other !== row);
    return equal(permitted(others), permitted(kept)) ? others : kept;
  }, chosen);
}

/** The id, or the first of it with a number that no row has. */
function free(id: RowId, taken: Set<string>): RowId {
  let candidate: string = id;
  for (let count = 2; taken.has(candidate); count += 1) candidate = `${id}-${count}`;
  taken.add(candidate);
  return RowId.parse(candidate);
}

function stillBlocked(
  { baseline }: Design,
  securityGroups: readonly SuggestedGroupRow[],
  networkAcls: readonly SuggestedAclRow[],
): Suggestion['stillBlocked'] {
  const mended = designOf(withRows(baseline, securityGroups, networkAcls));
  return baseline.flows
    .filter(flow => flow.must === 'pass' && wantedVerdict(mended, flow).verdict === 'blocked')
    .map(({ id }) => id);
}

/** The baseline with suggested rows, read as its file would be. */
export const withRows = (
  baseline: Baseline,
  securityGroups: readonly SuggestedGroupRow[],
  networkAcls: readonly SuggestedAclRow[],
): Baseline => ({
  ...baseline,
  securityGroups: {
    ...baseline.securityGroups,
    rows: [...baseline.securityGroups.rows, ...securityGroups.map(row => SecurityGroupRow.parse(row))],
  },
  networkAcls: {
    ...baseline.networkAcls,
    rows: [...baseline.networkAcls.rows, ...networkAcls.map(row => NetworkAclRow.parse(row))],
  },
});
