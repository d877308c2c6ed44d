import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';

/** Which web ACL stands before a resource, by its ARN, as plans compare it. */
export const associationState = (webAcl: string | null): ObjectState => ({ webAcl });

/** What has a web ACL before it, or none, as an object of a plan: a load balancer or a stage, by its ARN. */
export const associationObject = (region: Region, resource: string): LiveObject => ({
  kind: 'web-acl-association',
  region,
  id: resource,
});

/** The id of the association of a resource; the names in its ARN may have capitals and underscores. */
export const associationChange = (resource: string): ChangeId =>
  `web-acl-association/${resource.replaceAll(/[^a-z0-9.:/-]/g, sign => `:${sign.charCodeAt(0)}`)}`;

/**
 * Puts a web ACL before a resource that has none. AWS WAF would replace another one without a word: that none is there is
 * looked at just before the call.
 */
export const associate = (
  region: Region,
  resource: string,
  { arn, name }: { arn: string; name: string },
  after: ChangeId[],
): Change => ({
  id: associationChange(resource),
  title: `put web ACL ${name} before it`,
  object: associationObject(region, resource),
  edit: { kind: 'set', fields: { webAcl: { from: null, to: arn } } },
  call: {
    service: 'wafv2',
    operation: 'AssociateWebACL',
    input: { WebACLArn: arn, ResourceArn: resource },
  },
  permissions: ['wafv2:AssociateWebACL', behind(resource, 'CreateWebACLAssociation')],
  effect: NO_EFFECT,
  dependsOn: after,
  undo: {
    kind: 'call',
    call: { service: 'wafv2', operation: 'DisassociateWebACL', input: { ResourceArn: resource } },
    permissions: ['wafv2:DisassociateWebACL', behind(resource, 'DeleteWebACLAssociation')],
  },
});

/** The action that IAM asks for besides (service authorization reference, AWS WAF V2). */
const behind = (resource: string, ofLoadBalancer: string): string =>
  resource.includes(':elasticloadbalancing:')
    ? `elasticloadbalancing:${ofLoadBalancer}`
    : 'apigateway:SetWebACL';
