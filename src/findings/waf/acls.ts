import { need, type UnknownReason } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { WebAcl, WebAclDefinition } from '../../services/wafv2/facts.ts';
import { judgeEach, type Outcome, type RegionAudit } from '../control.ts';
import { webAclResource } from '../entry-resources.ts';
import { type Front, frontsOf } from './fronts.ts';

/** A web ACL that stands before something, and what it stands before. */
export interface ActiveWebAcl {
  readonly webAcl: WebAcl;
  readonly resource: Resource;
  /** What it protects, as a message lists it. */
  readonly behind: string;
}

/** What the public reaches in a Region, by what stands before it. */
export interface Guard {
  readonly active: readonly ActiveWebAcl[];
  readonly bare: readonly Front[];
  readonly unread: readonly { readonly resource: Resource; readonly reason: UnknownReason }[];
}

/** Sorts what the public reaches by its web ACL; wants `frontFacts` among the needs. */
export function guardOf(audit: RegionAudit): Guard {
  const webAcls = audit.value('wafv2.webAcls');
  const { fronts, unread } = frontsOf(audit, audit.baseline.waf.protects.resources);
  const standing = fronts.flatMap(front => {
    const { webAcl } = front;
    return webAcl.kind === 'known' && webAcl.value !== null ? [{ front, arn: webAcl.value }] : [];
  });
  const active = webAcls.flatMap(webAcl => {
    const behind = standing.filter(({ arn }) => arn === webAcl.arn).map(({ front }) => front.called);
    return behind.length === 0
      ? []
      : [{ webAcl, resource: webAclResource(webAcl), behind: behind.join(', ') }];
  });
  const foreign = standing.filter(({ arn }) => !webAcls.some(webAcl => webAcl.arn === arn));
  return {
    active,
    bare: fronts.filter(({ webAcl }) => webAcl.kind === 'known' && webAcl.value === null),
    unread: [
      ...unread,
      ...fronts.flatMap(({ resource, webAcl }) =>
        webAcl.kind === 'unknown' ? [{ resource, reason: webAcl.reason }] : [],
      ),
      ...foreign.map(({ front, arn }) => ({ resource: front.resource, reason: unlisted(arn) })),
    ],
  };
}

/** Judges each web ACL that stands before something; what may be one and could not be read is unknown. */
export function* judgeWebAcls<Message extends string>(
  audit: RegionAudit,
  judge: (acl: ActiveWebAcl) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message>> {
  const { active, unread } = guardOf(audit);
  for (const { resource, reason } of unread) yield { status: 'unknown', resource, reason };
  yield* judgeEach(active, ({ resource }) => ({ resource }), judge);
}

/** A web ACL that AWS WAF does not list is one of AWS WAF Classic, or was made since. */
const unlisted = (arn: string): UnknownReason =>
  isClassic(arn)
    ? { kind: 'unsupported', call: 'waf-regional:GetWebACL' }
    : { kind: 'not-read', call: 'wafv2:GetWebACL' };

export const isClassic = (arn: string): boolean => !arn.includes(':wafv2:');

/** What a message says of a web ACL that an account cannot change for good. */
export const ownerNote = ({ managedByFirewallManager }: WebAclDefinition): string =>
  managedByFirewallManager ? ' Firewall Manager owns this web ACL: change its policy.' : '';

/** What a web ACL does. Throws UnknownFact. */
export const definitionOf = ({ webAcl }: ActiveWebAcl): WebAclDefinition => need(webAcl.definition);
