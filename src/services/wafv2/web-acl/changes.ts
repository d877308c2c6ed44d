import type { Region } from '../../../model/identifiers.ts';
import { Json, type JsonObject } from '../../../model/json.ts';
import type { Call, Change, Edit, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { Creation } from '../../ec2/creation.ts';
import type { Rule, WebAcl, WebAclDefinition } from '../facts.ts';

/** A rule as plans compare it: in AWS WAF's form, or, where that may hold a secret, by what is read of it. */
export const ruleState = ({ written, ...read }: Rule): Json => written ?? asKept(read);

/** As a journal gives it back: what is undefined is not there. */
const asKept = (value: object): Json => Json.parse(JSON.parse(JSON.stringify(value)));

/** What plans compare of a web ACL's definition. */
type Compared = Pick<WebAclDefinition, 'defaultAction' | 'blockResponse' | 'metrics' | 'rules'>;

/** A web ACL as plans compare it: its own rules, settings and tags. The rest of it is written back as it stands at the moment of the call. */
export const webAclState = (definition: Compared, tags: Readonly<Record<string, string>>): ObjectState => ({
  defaultAction: defaultActionOf(definition),
  metrics: definition.metrics,
  rules: definition.rules.map(ruleState),
  tags: { ...tags },
});

/** The default action in AWS WAF's form; what one of Allow inserts into requests is not read, as it may be a secret. */
const defaultActionOf = ({ defaultAction, blockResponse }: Compared): JsonObject =>
  defaultAction === 'allow'
    ? { Allow: {} }
    : { Block: blockResponse === undefined ? {} : { CustomResponse: blockResponse } };

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

/** Writes some of a web ACL's rules, in one call, and leaves the others as they are. */
export const editRules = (region: Region, acl: WebAcl, title: string, { remove, add }: RulesEdit): Change =>
  update(region, acl, 'rules', {
    title,
    edit: { kind: 'list', field: 'rules', remove: [...remove], add: [...add] },
    input: { Rules: rulesInput(remove, add) },
    back: { Rules: rulesInput(add, remove) },
  });

const rulesInput = (from: readonly JsonObject[], to: readonly JsonObject[]): JsonObject => ({
  remove: from.flatMap(({ Name }) => Name ?? []),
  put: [...to],
});

/** Lets CloudWatch count what a web ACL does as a whole. */
export const countRequests = (region: Region, acl: WebAcl): Change => {
  const counted = (CloudWatchMetricsEnabled: boolean) => ({ VisibilityConfig: { CloudWatchMetricsEnabled } });
  return update(region, acl, 'metrics', {
    title: 'turn on the metrics of the web ACL',
    edit: { kind: 'set', fields: { metrics: { from: false, to: true } } },
    input: counted(true),
    back: counted(false),
  });
};

/** Lets through what no rule decides about. */
export const allowByDefault = (region: Region, acl: WebAcl, definition: WebAclDefinition): Change => {
  const from = defaultActionOf(definition);
  const to = { Allow: {} };
  return update(region, acl, 'default-action', {
    title: 'let through what no rule blocks',
    edit: { kind: 'set', fields: { defaultAction: { from, to } } },
    input: { DefaultAction: to },
    back: { DefaultAction: from },
  });
};

interface Update {
  readonly title: string;
  readonly edit: Edit;
  readonly input: JsonObject;
  readonly back: JsonObject;
}

/** The token is the one of the look that found the web ACL as it must be: AWS refuses the call where anything was written since. */
function update(region: Region, acl: WebAcl, part: string, { title, edit, input, back }: Update): Change {
  const call = (what: JsonObject): Call => webAclCall('UpdateWebACL', { ...keyOf(acl), ...what });
  const permissions = ['wafv2:GetWebACL', 'wafv2:UpdateWebACL'];
  return {
    id: `web-acl/${acl.id}/${part}`,
    title,
    object: webAclObject(region, acl),
    edit,
    call: call(input),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: call(back), permissions },
  };
}

const webAclCall = (operation: string, input: JsonObject): Call => ({ service: 'wafv2', operation, input });

const keyOf = ({ name }: Pick<WebAcl, 'name'>): JsonObject => ({
  Scope: 'REGIONAL',
  Name: name,
  Id: { $live: ['id'] },
  LockToken: { $live: ['lockToken'] },
});

/** Creates a web ACL with its rules, each of which has its form in `written`; what is blocked is AWS WAF's to answer. */
export function createWebAcl(
  name: string,
  definition: Pick<WebAclDefinition, 'metrics' | 'rules'>,
  { region, id, title, tags }: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>,
): Change {
  const state = webAclState({ ...definition, defaultAction: 'allow' }, tags);
  return {
    id,
    title,
    object: { kind: 'web-acl', region, id: { $created: id } },
    edit: { kind: 'create', state },
    call: webAclCall('CreateWebACL', {
      Name: name,
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: definition.rules.map(ruleState),
      VisibilityConfig: {
        SampledRequestsEnabled: true,
        CloudWatchMetricsEnabled: definition.metrics,
        MetricName: name,
      },
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    permissions: ['wafv2:CreateWebACL', 'wafv2:TagResource'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: webAclCall('DeleteWebACL', keyOf({ name })),
      permissions: ['wafv2:DeleteWebACL'],
    },
  };
}
