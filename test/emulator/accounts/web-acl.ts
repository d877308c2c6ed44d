import {
  AssociateWebACLCommand,
  type CountryCode,
  CreateIPSetCommand,
  CreateWebACLCommand,
  PutLoggingConfigurationCommand,
  type Rule,
} from '@aws-sdk/client-wafv2';
import type { Clients } from '../clients.ts';
import { account, region } from '../emulator.ts';
import { need } from './named.ts';

/** Written out by hand, as the rows of the network are: the United States and what the baseline calls Europe. */
const countries: CountryCode[] = [
  'AT',
  'BE',
  'BG',
  'CH',
  'CY',
  'CZ',
  'DE',
  'DK',
  'EE',
  'ES',
  'FI',
  'FR',
  'GB',
  'GR',
  'HR',
  'HU',
  'IE',
  'IS',
  'IT',
  'LI',
  'LT',
  'LU',
  'LV',
  'MT',
  'NL',
  'NO',
  'PL',
  'PT',
  'RO',
  'SE',
  'SI',
  'SK',
  'US',
];

/** Metrics and samples of a rule or a web ACL. */
export const visible = (MetricName: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName,
});

type Sets = { ipv4: string; ipv6: string };

/** The document's five rules, and before them the blocklist that GuardDuty's findings fill. */
export const webAclRules = ({ ipv4, ipv6 }: Sets): Rule[] =>
  [
    {
      Name: 'GuardDutyBlocklist',
      Action: { Block: {} },
      Statement: {
        OrStatement: {
          Statements: [
            { IPSetReferenceStatement: { ARN: ipv4 } },
            { IPSetReferenceStatement: { ARN: ipv6 } },
          ],
        },
      },
    },
    {
      Name: 'BlockUnapprovedCountries',
      Action: { Block: {} },
      Statement: { NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: countries } } } },
    },
    {
      Name: 'BlockKnownMaliciousIPs',
      OverrideAction: { None: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          VendorName: 'AWS',
          Name: 'AWSManagedRulesAmazonIpReputationList',
          RuleActionOverrides: [{ Name: 'AWSManagedIPDDoSList', ActionToUse: { Block: {} } }],
        },
      },
    },
    {
      Name: 'RateLimit',
      Action: { Block: {} },
      Statement: {
        RateBasedStatement: { Limit: 100, EvaluationWindowSec: 300, AggregateKeyType: 'IP' as const },
      },
    },
    {
      Name: 'BlockSQLInjection',
      OverrideAction: { None: {} },
      Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesSQLiRuleSet' } },
    },
    {
      Name: 'BlockXSS',
      OverrideAction: { None: {} },
      Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
    },
  ].map((rule, Priority) => ({ ...rule, Priority, VisibilityConfig: visible(rule.Name) }));

/** A web ACL of that name with these rules; gives its ARN. */
export async function createWebAcl({ waf }: Clients, Name: string, Rules: Rule[]): Promise<string> {
  const { Summary } = await waf.send(
    new CreateWebACLCommand({
      Name,
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: visible(Name),
      Rules,
    }),
  );
  return need(Summary?.ARN, 'web ACL ARN');
}

/** The web ACL of the baseline, with its IP sets and its log. */
export async function buildWebAcl(clients: Clients): Promise<{ webAcl: string; ipSets: Sets }> {
  const ipSets = { ipv4: await createIpSet(clients, 'IPV4'), ipv6: await createIpSet(clients, 'IPV6') };
  const webAcl = await createWebAcl(clients, 'securecart', webAclRules(ipSets));
  await clients.waf.send(
    new PutLoggingConfigurationCommand({
      LoggingConfiguration: {
        ResourceArn: webAcl,
        LogDestinationConfigs: [`arn:aws:logs:${region}:${account}:log-group:aws-waf-logs-securecart`],
      },
    }),
  );
  return { webAcl, ipSets };
}

/** Puts a web ACL before resources, by their ARNs. */
export async function associate({ waf }: Clients, WebACLArn: string, resources: string[]): Promise<void> {
  for (const ResourceArn of resources) await waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn }));
}

/** An empty IP set of the blocklist; gives its ARN. */
export async function createIpSet({ waf }: Clients, IPAddressVersion: 'IPV4' | 'IPV6'): Promise<string> {
  const { Summary } = await waf.send(
    new CreateIPSetCommand({
      Name: `securecart-blocklist-${IPAddressVersion.toLowerCase()}`,
      Scope: 'REGIONAL',
      IPAddressVersion,
      Addresses: [],
    }),
  );
  return need(Summary?.ARN, 'IP set ARN');
}
