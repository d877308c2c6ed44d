import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { type ActiveWebAcl, definitionOf, judgeWebAcls, ownerNote } from '../../src/findings/waf/acls.ts';
import { frontFacts } from '../../src/findings/waf/fronts.ts';

export default defineControl({
  id: 'waf/managed-versions',
  title: 'No managed rule group is held at a version',
  severity: 'low',
  rationale:
    'AWS adds rules to its groups when new attacks come up. A group that is held at a version gets none of them, and the version expires one day.',
  remediation: 'Take the version out of the rule, so that AWS updates the group.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/waf-managed-rule-groups-versioning.html',
    'https://docs.aws.amazon.com/waf/latest/APIReference/API_ManagedRuleGroupStatement.html',
  ],
  frameworks: {},
  needs: frontFacts,
  scope: 'region',
  messages: {
    updated: 'AWS updates every managed rule group of it.',
    pinned:
      'Rule {rule} holds {group} at {version}: {behind} gets no protection from attacks found since.{owner}',
  },
  evaluate: (audit: RegionAudit) => judgeWebAcls(audit, acl => judgeWebAcl(audit, acl)),
});

type Message = 'updated' | 'pinned';

/** A managed group stands in a web ACL only: a rule group of one's own can hold none. */
function* judgeWebAcl({ baseline }: RegionAudit, acl: ActiveWebAcl): Iterable<Outcome<Message>> {
  const { updates } = baseline.waf;
  const definition = definitionOf(acl);
  const { firewallManagerFirst, rules, firewallManagerLast } = definition;
  const about = {
    resource: acl.resource,
    row: { id: updates.id, origin: updates.origin },
    severity: updates.severity,
    expected: 'no version',
  };
  const pinned = [...firewallManagerFirst, ...rules, ...firewallManagerLast].flatMap(
    ({ name, priority, statement }) =>
      statement.kind === 'managed-rule-group' && statement.version !== undefined
        ? [{ rule: `${priority} ${name}`, group: statement.group, version: statement.version }]
        : [],
  );
  if (pinned.length === 0) yield { status: 'pass', ...about, message: 'updated' };
  for (const one of pinned) {
    const data = { ...one, behind: acl.behind, owner: ownerNote(definition) };
    const { rule, version } = one;
    yield { status: 'fail', ...about, key: rule, message: 'pinned', data, actual: version, blame: [rule] };
  }
}
