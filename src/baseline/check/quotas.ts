import { Component, type SecurityGroupRow } from '../../model/baseline/row.ts';
import type { Level, Remark } from '../../model/baseline-check.ts';
import { IpFamily } from '../../model/packet.ts';
import { cidrBlock } from '../../network/address.ts';
import type { Design } from './design.ts';
import type { List } from './lists.ts';
import { entriesOf, rulesOf } from './rules.ts';

/**
 * AWS's default quotas (Amazon VPC User Guide, "Amazon VPC quotas"). Rules and entries are counted for each direction
 * and each family; the entries of a network ACL include the one that denies the rest.
 */
const LIMITS = {
  'rules-per-group': 60,
  'entries-per-acl': 20,
  'groups-per-interface': 5,
  'rules-per-interface': 1000,
} as const satisfies Record<Use['quota'], number>;

/** How full a quota may be before that is worth knowing. */
const NEAR = 0.9;

type Use = Pick<Extract<Remark, { kind: 'quota' }>, 'quota' | 'of' | 'family' | 'used'>;

/** The quotas that the baseline would exceed when it is applied, and those that it nearly does. */
export function quotaRemarks(design: Design): Remark[] {
  return usesOf(design).flatMap((use): Remark[] => {
    const limit = LIMITS[use.quota];
    const level: Level = use.used > limit ? 'defect' : use.used >= limit * NEAR ? 'note' : 'sound';
    return level === 'sound' ? [] : [{ kind: 'quota', level, ...use, limit }];
  });
}

function usesOf({ baseline, lists }: Design): Use[] {
  const perList = lists.map(list => ({
    list,
    uses: IpFamily.options.map(family => useOf(list, family, baseline)),
  }));
  const perInterface = Component.options.flatMap((component): Use[] => {
    const groups = baseline.components[component].securityGroups?.length ?? 1;
    const own = perList.filter(({ list }) => list.kind === 'security-group' && list.component === component);
    const largest = Math.max(...own.flatMap(({ uses }) => uses.map(({ used }) => used)));
    return [
      { quota: 'groups-per-interface', of: component, used: groups },
      { quota: 'rules-per-interface', of: component, used: largest * groups },
    ];
  });
  return [...perList.flatMap(({ uses }) => uses), ...perInterface];
}

function useOf(list: List, family: IpFamily, baseline: Design['baseline']): Use {
  if (list.kind === 'network-acl') {
    const entries = entriesOf(list.rows, baseline).filter(({ cidr }) => cidrBlock(cidr).family === family);
    return {
      quota: 'entries-per-acl',
      of: `${list.tier} ${list.direction}`,
      family,
      used: entries.length + 1,
    };
  }
  const rules = list.rows
    .filter(({ effect }) => effect === 'allow')
    .map(row => weight(row, family, baseline));
  const used = rules.reduce((sum, rule) => sum + rule, 0);
  return { quota: 'rules-per-group', of: `${list.component} ${list.direction}`, family, used };
}

/** A reference to a group or a prefix list counts in both families; S3's and DynamoDB's lists weigh 1. */
function weight(row: SecurityGroupRow, family: IpFamily, baseline: Design['baseline']): number {
  const { peer } = row;
  const groups =
    peer.kind === 'component' ? (baseline.components[peer.component].securityGroups?.length ?? 1) : 1;
  const counted = rulesOf(row, baseline).filter(
    rule => (rule.peer.kind !== 'ipv4' && rule.peer.kind !== 'ipv6') || rule.peer.kind === family,
  );
  return counted.length * groups;
}
