import type { Region } from '../../../model/identifiers.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { Rule, WebAcl, WebAclDefinition } from '../facts.ts';

/** A rule as plans compare it: in AWS WAF's form, or, where that may hold a secret, by what is read of it. */
export const ruleState = ({ written, ...read }: Rule): Json => written ?? read;

/** A web ACL as plans compare it: its own rules. The rest of it is written back as it stands at the moment of the call. */
export const webAclState = ({ rules }: Pick<WebAclDefinition, 'rules'>): ObjectState => ({
  rules: rules.map(ruleState),
});

/** A web ACL as an object of a plan. */
export const webAclObject = (region: Region, { arn }: Pick<WebAcl, 'arn'>): LiveObject => ({
  kind: 'web-acl',
  region,
  id: arn,
});

/** Rules that are taken out or written anew, as they are, and those that take their place, each in AWS WAF's form. */
export interface RulesEdit {
  readonly remove: readonly JsonObject[];
  readonly add: readonly JsonObject[];
}

/** The id of the change of a web ACL's rules. */
export const rulesChange = ({ id }: Pick<WebAcl, 'id'>): ChangeId => `web-acl/${id}/rules`;

/** Writes some of a web ACL's rules, in one call, and leaves the others as they are. */
export const editRules = (
  region: Region,
  acl: WebAcl,
  title: string,
  { remove, add }: RulesEdit,
): Change => ({
  id: rulesChange(acl),
  title,
  object: webAclObject(region, acl),
  edit: { kind: 'list', field: 'rules', remove: [...remove], add: [...add] },
  call: update(acl, { remove, add }),
  permissions: ['wafv2:GetWebACL', 'wafv2:UpdateWebACL'],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: {
    kind: 'call',
    call: update(acl, { remove: add, add: remove }),
    permissions: ['wafv2:GetWebACL', 'wafv2:UpdateWebACL'],
  },
});

/** The token is the one of the look that found the web ACL as it must be: AWS refuses the call where anything was written since. */
const update = ({ id, name }: WebAcl, { remove, add }: RulesEdit): Call => ({
  service: 'wafv2',
  operation: 'UpdateWebACL',
  input: {
    Scope: 'REGIONAL',
    Name: name,
    Id: id,
    LockToken: { $live: ['lockToken'] },
    Rules: { remove: remove.flatMap(({ Name }) => Name ?? []), put: [...add] },
  },
});
