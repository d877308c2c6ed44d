import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { type ActiveWebAcl, definitionOf, judgeWebAcls, ownerNote } from '../../src/findings/waf/acls.ts';
import { frontFacts } from '../../src/findings/waf/fronts.ts';
import { firstAllowing, referencesOf } from '../../src/findings/waf/step.ts';

export default defineControl({
  id: 'waf/default-action',
  title: 'What no rule of the web ACL decides about gets through',
  severity: 'medium',
  rationale:
    'The rules of the baseline block attacks and leave the rest to the default action. If that blocks, and no rule allows anything, the shop is closed; a default of Allow is no fault where rules before it block.',
  remediation:
    'Set the default action to Allow and let the rules block, or add the Allow rules that a default of Block needs, behind the rules that block.',
  sources: ['https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-default-action.html'],
  frameworks: {},
  needs: [...frontFacts, 'wafv2.ruleGroups', 'wafv2.ipSets'],
  scope: 'region',
  messages: {
    allows: 'What no rule blocks gets through.',
    allowsByRule: 'What rule {rule} allows gets through; the rest is blocked by default.',
    shut: 'Nothing gets through to {behind}: the default action is Block, and no rule allows anything.{owner}',
  },
  evaluate: (audit: RegionAudit) => judgeWebAcls(audit, acl => [judgeWebAcl(audit, acl)]),
});

type Message = 'allows' | 'allowsByRule' | 'shut';

function judgeWebAcl(audit: RegionAudit, acl: ActiveWebAcl): Outcome<Message> {
  const { resource, behind } = acl;
  const definition = definitionOf(acl);
  const { id, origin } = audit.baseline.waf;
  const about = { resource, row: { id, origin } };
  if (definition.defaultAction === 'allow') return { status: 'pass', ...about, message: 'allows' };
  const allowing = firstAllowing(definition, referencesOf(audit));
  if (allowing !== undefined) {
    return { status: 'pass', ...about, message: 'allowsByRule', data: { rule: allowing.name } };
  }
  const data = { behind, owner: ownerNote(definition) };
  return { status: 'fail', ...about, message: 'shut', data, expected: 'allow', actual: 'block' };
}
