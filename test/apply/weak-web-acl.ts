import { CreateWebACLCommand, type Rule } from '@aws-sdk/client-wafv2';
import { buildRestApi } from '../emulator/accounts/apis.ts';
import { buildCompliantNetwork } from '../emulator/accounts/compliant-network.ts';
import { need } from '../emulator/accounts/named.ts';
import { buildUserPool } from '../emulator/accounts/user-pool.ts';
import { associate, createIpSet } from '../emulator/accounts/web-acl.ts';
import type { Clients } from '../emulator/clients.ts';

/** The ARNs of a web ACL, of the stage that it stands before, and of the load balancer that has none. */
export interface WeakWebAcl {
  readonly webAcl: string;
  readonly stage: string;
  readonly loadBalancer: string;
}

/** What a front sends to show that a request came through it. */
export const SECRET = 'from-the-front-8d1f';

/** Rules of which none does what a row asks, and two of somebody else's. */
const rules: Omit<Rule, 'VisibilityConfig'>[] = [
  {
    Name: 'Countries',
    Priority: 4,
    Action: { Count: {} },
    Statement: { NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['US', 'RU'] } } } },
  },
  {
    Name: 'OriginVerify',
    Priority: 3,
    Action: { Count: {} },
    Statement: {
      ByteMatchStatement: {
        SearchString: new TextEncoder().encode(SECRET),
        FieldToMatch: { SingleHeader: { Name: 'x-origin-verify' } },
        TextTransformations: [{ Priority: 0, Type: 'NONE' }],
        PositionalConstraint: 'EXACTLY',
      },
    },
  },
  {
    Name: 'Sql',
    Priority: 10,
    OverrideAction: { Count: {} },
    Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesSQLiRuleSet' } },
  },
  {
    Name: 'Common',
    Priority: 11,
    OverrideAction: { None: {} },
    Statement: {
      ManagedRuleGroupStatement: {
        VendorName: 'AWS',
        Name: 'AWSManagedRulesCommonRuleSet',
        RuleActionOverrides: [
          { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
          { Name: 'CrossSiteScripting_BODY', ActionToUse: { Count: {} } },
        ],
      },
    },
  },
  {
    Name: 'ShieldMitigationRuleGroup_1',
    Priority: 10_000_000,
    Action: { Count: {} },
    Statement: { GeoMatchStatement: { CountryCodes: ['KP'] } },
  },
];

/** A web ACL that blocks nothing of what the baseline blocks, before a stage alone. */
export async function buildWeakWebAcl(aws: Clients): Promise<WeakWebAcl> {
  const { loadBalancer } = await buildCompliantNetwork(aws);
  const { stage } = await buildRestApi(aws, await buildUserPool(aws));
  await Promise.all([createIpSet(aws, 'IPV4'), createIpSet(aws, 'IPV6')]);
  const visible = (MetricName: string) => ({
    SampledRequestsEnabled: false,
    CloudWatchMetricsEnabled: true,
    MetricName,
  });
  const { Summary } = await aws.waf.send(
    new CreateWebACLCommand({
      Name: 'securecart',
      Scope: 'REGIONAL',
      Description: 'of the shop',
      DefaultAction: { Allow: {} },
      VisibilityConfig: visible('securecart'),
      CustomResponseBodies: { sorry: { ContentType: 'TEXT_PLAIN', Content: 'Sorry.' } },
      CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 120 } },
      TokenDomains: ['shop.example.com'],
      Rules: rules.map(rule => ({ ...rule, VisibilityConfig: visible(`own${rule.Name}`) })),
    }),
  );
  const webAcl = need(Summary?.ARN, 'web ACL ARN');
  await associate(aws, webAcl, [stage]);
  return { webAcl, stage, loadBalancer };
}
