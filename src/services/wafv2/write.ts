import {
  AssociateWebACLCommand,
  CreateIPSetCommand,
  CreateWebACLCommand,
  type DefaultAction,
  DeleteIPSetCommand,
  DeleteLoggingConfigurationCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  PutLoggingConfigurationCommand,
  type Rule,
  UpdateWebACLCommand,
  type UpdateWebACLRequest,
  WAFV2Client,
  type WebACL,
} from '@aws-sdk/client-wafv2';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
import { given } from '../reader.ts';
import type { Operation } from '../writer.ts';

const Placed = z.looseObject({ Name: z.string(), Priority: z.int(), Statement: z.looseObject({}) });

/** A rule in AWS WAF's form; AWS reads what else is in it. */
const RuleInput = z.custom<Rule>(value => Placed.safeParse(value).success, 'not a rule');

const AllowOrBlock = z.union([
  z.strictObject({ Allow: z.strictObject({}) }),
  z.strictObject({ Block: z.strictObject({ CustomResponse: z.looseObject({}).optional() }) }),
]);

/** A default action in AWS WAF's form; AWS reads what its answer is to be. */
const DefaultActionInput = z.custom<DefaultAction>(
  value => AllowOrBlock.safeParse(value).success,
  'not a default action',
);

const Named = z.strictObject({ Name: z.string(), Scope: z.literal('REGIONAL') });
const Locked = Named.extend({ Id: z.string(), LockToken: z.string() });

/** Not the whole web ACL, as AWS takes it, but what changes of it: what the rest says is nobody's to keep in a plan. */
const WebAclEdit = Locked.extend({
  Rules: z.strictObject({ remove: z.array(z.string()), put: z.array(RuleInput) }).optional(),
  DefaultAction: DefaultActionInput.optional(),
  VisibilityConfig: z.strictObject({ CloudWatchMetricsEnabled: z.boolean() }).optional(),
});

const Tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

const WebAclInput = Named.extend({
  DefaultAction: DefaultActionInput,
  Rules: z.array(RuleInput),
  VisibilityConfig: z.strictObject({
    SampledRequestsEnabled: z.boolean(),
    CloudWatchMetricsEnabled: z.boolean(),
    MetricName: z.string(),
  }),
  Tags,
});

const IpSetInput = Named.extend({
  IPAddressVersion: z.enum(['IPV4', 'IPV6']),
  Addresses: z.array(z.string()),
  Tags,
});

const Resource = z.strictObject({ ResourceArn: z.string() });

const LoggingInput = z.strictObject({
  LoggingConfiguration: Resource.extend({ LogDestinationConfigs: z.array(z.string()) }),
});

/** An operation that creates what AWS tells by its ARN. */
const creating = <Input extends object>(
  permission: string,
  schema: z.ZodType<Input>,
  call: (
    client: WAFV2Client,
    input: Input,
  ) => Promise<{ Summary?: { ARN?: string | undefined } | undefined }>,
): Operation => ({
  permission,
  rehearsable: false,
  send: async (session, region, input) => {
    const { Summary } = await call(session.client(WAFV2Client, region), schema.parse(input));
    return { created: Summary?.ARN };
  },
});

/** The mutating operations of AWS WAF that plans may ask for. */
export const wafv2Operations = {
  CreateWebACL: creating('wafv2:CreateWebACL', WebAclInput, (client, input) =>
    client.send(new CreateWebACLCommand(input)),
  ),
  DeleteWebACL: plainOperation(WAFV2Client, 'wafv2:DeleteWebACL', Locked, (client, input) =>
    client.send(new DeleteWebACLCommand(input)),
  ),
  CreateIPSet: creating('wafv2:CreateIPSet', IpSetInput, (client, input) =>
    client.send(new CreateIPSetCommand(input)),
  ),
  DeleteIPSet: plainOperation(WAFV2Client, 'wafv2:DeleteIPSet', Locked, (client, input) =>
    client.send(new DeleteIPSetCommand(input)),
  ),
  PutLoggingConfiguration: plainOperation(
    WAFV2Client,
    'wafv2:PutLoggingConfiguration',
    LoggingInput,
    (client, input) => client.send(new PutLoggingConfigurationCommand(input)),
  ),
  DeleteLoggingConfiguration: plainOperation(
    WAFV2Client,
    'wafv2:DeleteLoggingConfiguration',
    Resource,
    (client, input) => client.send(new DeleteLoggingConfigurationCommand(input)),
  ),
  /**
   * UpdateWebACL resets what it is not told, so that all of the web ACL is read and written back. The token is of an earlier
   * look: where anybody wrote between that and the read, AWS refuses (WAFOptimisticLockException).
   */
  UpdateWebACL: plainOperation(WAFV2Client, 'wafv2:UpdateWebACL', WebAclEdit, async (client, input) => {
    const { Rules = NO_RULES, DefaultAction, VisibilityConfig, ...key } = input;
    const answer = await client.send(new GetWebACLCommand({ Scope: key.Scope, Name: key.Name, Id: key.Id }));
    const live = given(answer.WebACL, 'WebACL');
    const gone = new Set([...Rules.remove, ...Rules.put.map(({ Name }) => Name)]);
    const kept = (live.Rules ?? []).filter(({ Name }) => !gone.has(Name)).map(asWritten);
    return client.send(
      new UpdateWebACLCommand({
        ...mutable(live),
        ...(DefaultAction && { DefaultAction }),
        VisibilityConfig: { ...given(live.VisibilityConfig, 'VisibilityConfig'), ...VisibilityConfig },
        ...key,
        Rules: [...kept, ...Rules.put],
      }),
    );
  }),
  AssociateWebACL: plainOperation(
    WAFV2Client,
    'wafv2:AssociateWebACL',
    Resource.extend({ WebACLArn: z.string() }),
    (client, input) => client.send(new AssociateWebACLCommand(input)),
  ),
  DisassociateWebACL: plainOperation(WAFV2Client, 'wafv2:DisassociateWebACL', Resource, (client, input) =>
    client.send(new DisassociateWebACLCommand(input)),
  ),
} as const satisfies Record<string, Operation>;

const NO_RULES = { remove: [], put: [] };

/** All that UpdateWebACL would reset (API_UpdateWebACL), but for the rules and the metrics. */
const mutable = (
  live: WebACL,
): Omit<UpdateWebACLRequest, 'Name' | 'Id' | 'Scope' | 'LockToken' | 'Rules' | 'VisibilityConfig'> => ({
  DefaultAction: given(live.DefaultAction, 'DefaultAction'),
  Description: live.Description,
  DataProtectionConfig: live.DataProtectionConfig,
  CustomResponseBodies: live.CustomResponseBodies,
  CaptchaConfig: live.CaptchaConfig,
  ChallengeConfig: live.ChallengeConfig,
  TokenDomains: live.TokenDomains,
  AssociationConfig: live.AssociationConfig,
  OnSourceDDoSProtectionConfig: live.OnSourceDDoSProtectionConfig,
  ApplicationConfig: live.ApplicationConfig,
  MonetizationConfig: live.MonetizationConfig,
});

/** moto gives null for the action that a rule does not have, and takes none. */
const asWritten = ({ Action, OverrideAction, ...rule }: Rule): Rule => ({
  ...rule,
  ...(Action && { Action }),
  ...(OverrideAction && { OverrideAction }),
});
