import type { Waf } from '../../model/baseline/waf.ts';
import type { Outcome, RegionAudit } from '../control.ts';
import { isClassic } from './acls.ts';
import { type Front, factsOfKind, frontsOf } from './fronts.ts';

/** How a web ACL's association is told, whatever it stands before. */
export const associationMessages = {
  protected: 'Web ACL {acl} stands before it.',
  bare: 'No web ACL stands before it: every request of the internet reaches it, and no rule of the baseline sees one.',
  classic: 'A web ACL of AWS WAF Classic stands before it, which has none of the rules of the baseline.',
} as const;

type Message = keyof typeof associationMessages;

/** What the controls of associations share; each adds what it demands, and why. */
export const associationsOf = (kind: Waf['protects']['resources'][number]) => ({
  scope: 'region' as const,
  needs: factsOfKind[kind],
  messages: associationMessages,
  remediation: 'Associate the web ACL of the baseline with it; `securecart fix` plans that.',
  evaluate: (audit: RegionAudit): Iterable<Outcome<Message>> => judgeFronts(audit, kind),
});

function* judgeFronts(
  audit: RegionAudit,
  kind: Waf['protects']['resources'][number],
): Iterable<Outcome<Message>> {
  const names = new Map(audit.value('wafv2.webAcls').map(({ arn, name }) => [arn, name]));
  const { protects } = audit.baseline.waf;
  if (!protects.resources.includes(kind)) return;
  const { fronts, unread } = frontsOf(audit, [kind]);
  for (const { resource, reason } of unread) yield { status: 'unknown', resource, reason };
  for (const front of fronts) {
    const row = { id: protects.id, origin: protects.origin };
    yield { ...judgeFront(front, names), resource: front.resource, row, severity: protects.severity };
  }
}

type Verdict = Omit<Extract<Outcome<Message>, { status: 'pass' | 'fail' | 'not-applicable' }>, 'resource'>;

function judgeFront(
  { webAcl }: Front,
  names: ReadonlyMap<string, string>,
): Verdict | Omit<Extract<Outcome, { status: 'unknown' }>, 'resource'> {
  if (webAcl.kind === 'unknown') return { status: 'unknown', reason: webAcl.reason };
  if (webAcl.value === null)
    return { status: 'fail', message: 'bare', expected: 'a web ACL', actual: 'none' };
  if (isClassic(webAcl.value)) {
    return { status: 'fail', message: 'classic', expected: 'a web ACL of AWS WAF', actual: webAcl.value };
  }
  // One that was made since the list was read is there all the same.
  const acl = names.get(webAcl.value) ?? webAcl.value;
  return { status: 'pass', message: 'protected', data: { acl } };
}
