import type { Region } from '../../../model/identifiers.ts';
import type { Change, LiveObject } from '../../../model/plan.ts';
import { describePackets } from '../../../network/describe.ts';
import { effectOf, type Passage } from '../../../network/effect.ts';
import { allowedPackets, type KnownPeers } from '../../../network/security-group.ts';
import type { SecurityGroup, SecurityGroupRule } from '../facts.ts';
import { authorizeCall, authorizePermissions, revokeCall, revokePermissions } from './calls.ts';
import { type RuleBody, ruleKey, ruleState } from './state.ts';

/** A group, its live rules, and how to read what they name. */
export interface LiveGroup {
  readonly region: Region;
  readonly group: SecurityGroup;
  readonly rules: readonly SecurityGroupRule[];
  readonly peers: KnownPeers;
}

/** Which rules a group lacks, and which of its rules allow what they should not. */
export interface RuleMend {
  readonly add: readonly RuleBody[];
  readonly revoke: readonly SecurityGroupRule[];
}

/** The changes of one group in the order that never cuts what is both allowed and wanted: all that is missing, then what is too much. */
export function securityGroupChanges(live: LiveGroup, mend: RuleMend): Change[] {
  const changes: Change[] = [];
  let rules: readonly RuleBody[] = live.rules;
  const step = (after: readonly RuleBody[], change: Omit<Change, 'effect' | 'dependsOn'>) => {
    const effect = effectOf(passage(rules, live.peers), passage(after, live.peers));
    changes.push({ ...change, effect, dependsOn: changes.slice(-1).map(({ id }) => id) });
    rules = after;
  };
  mend.add.forEach((rule, index) => {
    step([...rules, rule], addition(live, rule, index + 1));
  });
  for (const rule of mend.revoke) {
    step(
      rules.filter(other => other !== rule),
      revocation(live, rule),
    );
  }
  return changes;
}

/** What a group's rules let pass. */
export const passage = (rules: readonly RuleBody[], peers: KnownPeers): Passage => ({
  ingress: allowedPackets(rules, 'ingress', peers),
  egress: allowedPackets(rules, 'egress', peers),
});

function addition(live: LiveGroup, rule: RuleBody, number: number): Omit<Change, 'effect' | 'dependsOn'> {
  const { id, owner } = live.group;
  return {
    id: `${id}/add-${number}`,
    title: `allow ${ruleWords(rule, live.peers)}`,
    object: groupObject(live),
    edit: { kind: 'list', field: 'rules', remove: [], add: [ruleState(rule, owner)] },
    call: authorizeCall(id, rule),
    permissions: authorizePermissions(rule),
    undo: {
      kind: 'call',
      call: revokeCall(id, rule, owner),
      permissions: revokePermissions(rule.direction),
    },
  };
}

function revocation(live: LiveGroup, rule: SecurityGroupRule): Omit<Change, 'effect' | 'dependsOn'> {
  const { id, owner } = live.group;
  return {
    id: `${id}/revoke-${rule.id}`,
    title: `revoke ${rule.id}: ${ruleWords(rule, live.peers)}`,
    object: groupObject(live),
    edit: { kind: 'list', field: 'rules', remove: [ruleState(rule, owner)], add: [] },
    call: revokeCall(id, rule, owner),
    permissions: revokePermissions(rule.direction),
    undo: { kind: 'call', call: authorizeCall(id, rule), permissions: authorizePermissions(rule) },
  };
}

export const groupObject = ({ region, group }: Pick<LiveGroup, 'region' | 'group'>): LiveObject => ({
  kind: 'security-group',
  region,
  id: group.id,
});

/** A rule in words, such as `tcp 443 from 0.0.0.0/0`; by its text where it allows nothing (a stale reference). */
function ruleWords(rule: RuleBody, peers: KnownPeers): string {
  const named = { ...peers, prefixLists: new Map() };
  const words = describePackets(allowedPackets([rule], rule.direction, named), rule.direction);
  return words.length > 0 ? words.join(', ') : ruleKey(rule, '');
}
