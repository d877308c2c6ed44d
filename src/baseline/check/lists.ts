import type { Baseline } from '../../model/baseline/baseline.ts';
import { Component, type NetworkAclRow, type SecurityGroupRow, Tier } from '../../model/baseline/row.ts';
import type { RowList } from '../../model/baseline-check.ts';
import type { RowId } from '../../model/identifiers.ts';
import type { PacketSet } from '../../network/packet-set.ts';
import type { RuleList } from '../../network/topology.ts';
import { allowedBy, permittedBy } from './rules.ts';

/** A list with its rows, in the order of the file. */
export type List =
  | (Extract<RowList, { kind: 'security-group' }> & { readonly rows: readonly SecurityGroupRow[] })
  | (Extract<RowList, { kind: 'network-acl' }> & { readonly rows: readonly NetworkAclRow[] });

/** Every list of the baseline, those without a row included. */
export const listsOf = ({ securityGroups, networkAcls }: Baseline): List[] => [
  ...Component.options.flatMap(component =>
    (['ingress', 'egress'] as const).map(direction => ({
      kind: 'security-group' as const,
      component,
      direction,
      rows: securityGroups.rows.filter(row => row.component === component && row.direction === direction),
    })),
  ),
  ...Tier.options.flatMap(tier =>
    (['inbound', 'outbound'] as const).map(direction => ({
      kind: 'network-acl' as const,
      tier,
      direction,
      rows: networkAcls.rows.filter(row => row.tier === tier && row.direction === direction),
    })),
  ),
];

/** The name of a list, as results have it. */
export function nameOf(list: RowList): RowList {
  switch (list.kind) {
    case 'security-group':
      return { kind: list.kind, component: list.component, direction: list.direction };
    case 'network-acl':
      return { kind: list.kind, tier: list.tier, direction: list.direction };
    default:
      return list satisfies never;
  }
}

/** A list as paths speak of it: a component's group has the component's name, a tier's network ACL the tier's. */
export const ruleListOf = (list: RowList): RuleList =>
  list.kind === 'security-group'
    ? { kind: list.kind, ids: [list.component], direction: list.direction }
    : {
        kind: list.kind,
        ids: [list.tier],
        direction: list.direction === 'inbound' ? 'ingress' : 'egress',
      };

/** Whether a path's list is this one. */
export function isList({ kind, ids, direction }: RuleList, list: RowList): boolean {
  const own = ruleListOf(list);
  return kind === own.kind && direction === own.direction && ids.some(id => own.ids.includes(id));
}

/** A list without one of its rows. */
export function without(list: List, row: RowId): List {
  const others = <Row extends { id: RowId }>(rows: readonly Row[]) => rows.filter(({ id }) => id !== row);
  return list.kind === 'security-group'
    ? { ...list, rows: others(list.rows) }
    : { ...list, rows: others(list.rows) };
}

/** The packets that a list lets through. */
export const packetsOf = (list: List, baseline: Baseline): PacketSet =>
  list.kind === 'security-group' ? allowedBy(list.rows, baseline) : permittedBy(list.rows, baseline);
