import {
  type CountryCode,
  DeleteLoggingConfigurationCommand,
  ListWebACLsCommand,
  type Rule,
  type Statement,
  UpdateWebACLCommand,
} from '@aws-sdk/client-wafv2';
import type { Clients } from '../../clients.ts';
import { buildCompliantAccount } from '../compliant-account.ts';
import { need } from '../named.ts';
import { visible, webAclRules } from '../web-acl.ts';
import type { State } from './state.ts';

/** A web ACL with every rule that it should have, of which none does what its name says. */
export const countingWaf: State = {
  build: async clients => {
    const { webAcl, ipSets } = await buildCompliantAccount(clients);
    const [blocklist, countries, reputation, rate, sql, xss] = webAclRules(ipSets);
    const rules = [
      { ...need(blocklist, 'blocklist'), Action: { Count: {} } },
      { ...need(countries, 'countries'), Statement: onlyFrom(['DE', 'FR', 'RU']) },
      { ...need(reputation, 'reputation'), Statement: managed('AWSManagedRulesAmazonIpReputationList') },
      { ...need(rate, 'rate'), Statement: byForwardedAddress },
      partners,
      {
        ...need(sql, 'sql'),
        Statement: managed('AWSManagedRulesSQLiRuleSet', { ScopeDownStatement: login }),
      },
      {
        ...need(xss, 'xss'),
        OverrideAction: { Count: {} },
        Statement: managed('AWSManagedRulesCommonRuleSet', { Version: 'Version_1.4' }),
      },
    ];
    await replaceRules(
      clients,
      rules.map((rule, Priority) => ({ ...rule, Priority })),
    );
    await clients.waf.send(new DeleteLoggingConfigurationCommand({ ResourceArn: webAcl }));
  },
};

const onlyFrom = (CountryCodes: CountryCode[]): Statement => ({
  NotStatement: { Statement: { GeoMatchStatement: { CountryCodes } } },
});

/** Keeps the actions that AWS gives the rules of the group, of which one counts. */
const managed = (
  Name: string,
  more: { Version?: string; ScopeDownStatement?: Statement } = {},
): Statement => ({
  ManagedRuleGroupStatement: { VendorName: 'AWS', Name, ...more },
});

/** The limit is right; but whoever writes a new address into the header is counted anew. */
const byForwardedAddress: Statement = {
  RateBasedStatement: {
    Limit: 100,
    EvaluationWindowSec: 300,
    AggregateKeyType: 'FORWARDED_IP',
    ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' },
  },
};

const matches = (
  FieldToMatch: { UriPath: object } | { SingleHeader: { Name: string } },
  text: string,
): Statement => ({
  ByteMatchStatement: {
    SearchString: new TextEncoder().encode(text),
    FieldToMatch,
    PositionalConstraint: 'STARTS_WITH',
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
  },
});

const login = matches({ UriPath: {} }, '/login');

/** Everybody can say so. */
const partners: Rule = {
  Name: 'AllowPartners',
  Priority: 0,
  Action: { Allow: {} },
  Statement: matches({ SingleHeader: { Name: 'user-agent' } }, 'SecureCart-Partner'),
  VisibilityConfig: visible('AllowPartners'),
};

async function replaceRules({ waf }: Clients, Rules: Rule[]): Promise<void> {
  const Scope = 'REGIONAL' as const;
  const { WebACLs = [] } = await waf.send(new ListWebACLsCommand({ Scope }));
  const { Name, Id, LockToken } = need(WebACLs[0], 'web ACL');
  await waf.send(
    new UpdateWebACLCommand({
      Name,
      Id,
      LockToken,
      Scope,
      DefaultAction: { Allow: {} },
      VisibilityConfig: visible(need(Name, 'web ACL name')),
      Rules,
    }),
  );
}
