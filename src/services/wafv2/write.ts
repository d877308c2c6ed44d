import {
  AssociateWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
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

const WebAclInput = z.strictObject({
  Scope: z.literal('REGIONAL'),
  Name: z.string(),
  Id: z.string(),
  LockToken: z.string(),
  /** Not all rules, as AWS takes them, but those that change: what the others say is nobody's to keep in a plan. */
  Rules: z.strictObject({ remove: z.array(z.string()), put: z.array(RuleInput) }),
});

const Resource = z.strictObject({ ResourceArn: z.string() });

/** The mutating operations of AWS WAF that plans may ask for. */
export const wafv2Operations = {
  /**
   * UpdateWebACL resets what it is not told, so that all of the web ACL is read and written back. The token is of an earlier
   * look: where anybody wrote between that and the read, AWS refuses (WAFOptimisticLockException).
   */
  UpdateWebACL: plainOperation(WAFV2Client, 'wafv2:UpdateWebACL', WebAclInput, async (client, input) => {
    const { Rules: edit, ...key } = input;
    const answer = await client.send(new GetWebACLCommand({ Scope: key.Scope, Name: key.Name, Id: key.Id }));
    const live = given(answer.WebACL, 'WebACL');
    const gone = new Set([...edit.remove, ...edit.put.map(({ Name }) => Name)]);
    const kept = (live.Rules ?? []).filter(({ Name }) => !gone.has(Name)).map(asWritten);
    return client.send(new UpdateWebACLCommand({ ...mutable(live), ...key, Rules: [...kept, ...edit.put] }));
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

/** All that UpdateWebACL would reset (API_UpdateWebACL), but for the rules. */
const mutable = (
  live: WebACL,
): Omit<UpdateWebACLRequest, 'Name' | 'Id' | 'Scope' | 'LockToken' | 'Rules'> => ({
  DefaultAction: given(live.DefaultAction, 'DefaultAction'),
  Description: live.Description,
  VisibilityConfig: given(live.VisibilityConfig, 'VisibilityConfig'),
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
