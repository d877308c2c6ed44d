import type { Deployment, RestApi, RestMethod } from '../../src/services/apigateway/facts.ts';
import type { HttpApi } from '../../src/services/apigatewayv2/facts.ts';
import type { ClientSettings, UserPool } from '../../src/services/cognito/facts.ts';
import type { Rule, Statement, WebAcl, WebAclDefinition } from '../../src/services/wafv2/facts.ts';
import { OWNER, REGION } from './place.ts';
import type { Facts } from './shop.ts';

const waf = `arn:aws:wafv2:${REGION}:${OWNER}:regional`;

/** The ARNs and ids of what stands before the shop. */
export const ALB = `arn:aws:elasticloadbalancing:${REGION}:${OWNER}:loadbalancer/app/shop/1`;
export const ACL = 'acl-1';
export const WEB_ACL = `${waf}/webacl/securecart/${ACL}`;
/** What the web ACL stands before, as a message lists it. */
export const BEHIND = 'load balancer shop, stage prod of REST API orders';
export const BLOCKLIST = {
  ipv4: `${waf}/ipset/securecart-blocklist-ipv4/set-4`,
  ipv6: `${waf}/ipset/securecart-blocklist-ipv6/set-6`,
} as const;
export const POOL = `${REGION}_Shop1`;
export const POOL_ARN = `arn:aws:cognito-idp:${REGION}:${OWNER}:userpool/${POOL}`;
export const ISSUER = `https://cognito-idp.${REGION}.amazonaws.com/${POOL}`;
export const CLIENT = 'client1';
export const REST_API = 'rest1';
export const HTTP_API = 'http1';

/** The countries of the baseline, written out. */
export const COUNTRIES =
  'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK US'.split(
    ' ',
  );

/** A known fact. */
export const known = <T>(value: T) => ({ kind: 'known' as const, value });

/** A fact that AWS refused. */
export const refused = (call: string) => ({
  kind: 'unknown' as const,
  reason: { kind: 'denied' as const, call, action: call },
});

/** A rule with an action of its own, as `0 Name`. */
export const rule = (title: string, action: Rule['action'], statement: Statement): Rule => ({
  ...titled(title),
  action,
  statement,
  metrics: true,
});

/** A rule that stands for a group, whose rules keep their actions. */
export const groupRule = (title: string, statement: Statement): Rule => ({
  ...titled(title),
  overrideAction: 'none',
  statement,
  metrics: true,
});

function titled(title: string) {
  const [priority = '', name = ''] = title.split(' ');
  return { name, priority: Number(priority) };
}

/** A managed rule group of AWS's, with rules that do another thing than their own, each as `Rule count`. */
export const managed = (group: string, ...overrides: string[]) => ({
  kind: 'managed-rule-group' as const,
  vendor: 'AWS',
  group,
  overrides: overrides.map(words => {
    const [rule = '', action] = words.split(' ');
    return {
      rule,
      action:
        action === 'block'
          ? ('block' as const)
          : action === 'allow'
            ? ('allow' as const)
            : ('count' as const),
    };
  }),
});

export const geo = (...countries: string[]) => ({ kind: 'geo-match' as const, countries });
export const not = (statement: Statement) => ({ kind: 'not' as const, statement });
export const ipSet = (arn: string) => ({ kind: 'ip-set' as const, arn });

/** A limit by address. */
export const rate = (limit: number, windowSeconds = 300) => ({
  kind: 'rate' as const,
  limit,
  windowSeconds,
  aggregate: 'IP',
});

/** The rules of the baseline. */
const webAclRules = (): Rule[] => [
  rule('0 GuardDutyBlocklist', 'block', {
    kind: 'or',
    statements: [ipSet(BLOCKLIST.ipv4), ipSet(BLOCKLIST.ipv6)],
  }),
  rule('1 BlockUnapprovedCountries', 'block', not(geo(...COUNTRIES))),
  groupRule(
    '2 BlockKnownMaliciousIPs',
    managed('AWSManagedRulesAmazonIpReputationList', 'AWSManagedIPDDoSList block'),
  ),
  rule('3 RateLimit', 'block', rate(100)),
  groupRule('4 BlockSQLInjection', managed('AWSManagedRulesSQLiRuleSet')),
  groupRule('5 BlockXSS', managed('AWSManagedRulesCommonRuleSet')),
];

/** A web ACL of the account's. */
export const webAcl = (arn: string, definition: Partial<WebAclDefinition> = {}): WebAcl => ({
  arn,
  id: arn.split('/').at(-1) ?? '',
  name: arn.split('/').at(-2) ?? '',
  definition: known({
    defaultAction: 'allow',
    firewallManagerFirst: [],
    rules: webAclRules(),
    firewallManagerLast: [],
    metrics: true,
    managedByFirewallManager: false,
    ...definition,
  }),
});

/** Puts the web ACL in another form. */
export const withWebAcl =
  (change: (rules: Rule[]) => Rule[], more: Partial<WebAclDefinition> = {}) =>
  (facts: Facts) => {
    facts['wafv2.webAcls'] = [webAcl(WEB_ACL, { rules: change(webAclRules()), ...more })];
  };

/** Has Firewall Manager put a rule group before all rules, which allows the addresses of an IP set that is empty. */
export const withEmptyAllowList =
  (more: Partial<WebAclDefinition> = {}) =>
  (facts: Facts) => {
    const group = `${waf}/rulegroup/partners/group-8`;
    const set = `${waf}/ipset/partners/set-8`;
    const firewallManagerFirst = [groupRule('8 Partners', { kind: 'rule-group', arn: group, overrides: [] })];
    withWebAcl(rules => rules, { firewallManagerFirst, ...more })(facts);
    facts['wafv2.ruleGroups'].push({ arn: group, rules: known([rule('0 Allow', 'allow', ipSet(set))]) });
    facts['wafv2.ipSets'].push({ arn: set, name: 'partners', addresses: known([]) });
  };

/** Puts others in the place of the rule with that priority. */
export const instead =
  (priority: number, ...others: Rule[]) =>
  (rules: Rule[]): Rule[] =>
    rules.flatMap(rule => (rule.priority === priority ? others : [rule]));

/** The method of a REST API, behind the shop's authorizer unless its words say more: `GET /orders NONE`. */
export function method(words: string): RestMethod {
  const [verb = '', path = '', authorization = 'COGNITO_USER_POOLS', authorizer = 'auth1'] = words.split(' ');
  return { resource: 'root', path, verb, authorization, ...(authorization === 'NONE' ? {} : { authorizer }) };
}

/** A method as a deployment has it. */
export const deployed = (words: string) => {
  const { path, verb, authorization } = method(words);
  return { path, verb, authorization };
};

/** A deployment of these methods, whose authorizer takes the tokens of the shop's pool unless others are named. */
export const deployment = (words: readonly string[], id = 'dep1', userPools = [POOL_ARN]): Deployment => ({
  id,
  methods: known(words.map(deployed)),
  authorizers: known([
    {
      name: 'customers',
      type: 'COGNITO_USER_POOLS',
      userPools,
      methods: words
        .map(method)
        .filter(({ authorization }) => authorization === 'COGNITO_USER_POOLS')
        .map(({ verb, path }) => `${verb} ${path}`),
    },
  ]),
});

const METHODS = ['GET /orders', 'OPTIONS /orders NONE', 'POST /orders'];

/** The shop's REST API; a test changes parts of it. */
export const restApi = (change: Partial<RestApi> = {}): RestApi => ({
  id: REST_API,
  name: 'orders',
  tags: {},
  methods: known(METHODS.map(method)),
  authorizers: known([{ id: 'auth1', name: 'customers', type: 'COGNITO_USER_POOLS', userPools: [POOL_ARN] }]),
  stages: known([
    {
      name: 'prod',
      deployments: ['dep1'],
      webAcl: WEB_ACL,
      accessLog: `arn:aws:logs:${REGION}:${OWNER}:log-group:orders`,
      executionLogs: [{ method: '*/*', level: 'ERROR' }],
    },
  ]),
  deployments: [deployment(METHODS)],
  ...change,
});

/** An HTTP API with one route behind the shop's authorizer; a test changes parts of it. */
export const httpApi = (change: Partial<HttpApi> = {}): HttpApi => ({
  id: HTTP_API,
  name: 'catalog',
  tags: {},
  routes: known([{ id: 'route1', key: 'GET /orders', authorization: 'JWT', authorizer: 'jwt1' }]),
  authorizers: known([{ id: 'jwt1', name: 'customers', type: 'JWT', issuer: ISSUER, audience: [CLIENT] }]),
  stages: known([{ name: '$default', accessLog: `arn:aws:logs:${REGION}:${OWNER}:log-group:catalog` }]),
  ...change,
});

/** What the shop's client may. */
export const clientSettings = (change: Partial<ClientSettings> = {}) =>
  known({
    authFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
    oauthFlows: ['code'],
    hidesUserExistence: true,
    revocableTokens: true,
    ...change,
  });

/** The customers' pool; a test changes parts of it. */
export const userPool = (change: Partial<UserPool> = {}): UserPool => ({
  id: POOL,
  name: 'securecart-customers',
  settings: known({
    password: {
      minimumLength: 14,
      requires: ['lowercase', 'uppercase', 'numbers', 'symbols'],
      temporaryValidDays: 7,
    },
    threatProtection: 'ENFORCED',
    deletionProtection: true,
    tags: {},
  }),
  mfa: known({ required: 'ON', methods: ['software-token'] }),
  clients: known([{ id: CLIENT, name: 'securecart-web', settings: clientSettings() }]),
  ...change,
});

type ProtectionFact = Extract<
  keyof Facts,
  `${'wafv2' | 'cognito' | 'apigateway' | 'apigatewayv2'}.${string}`
>;

/** What stands before the shop, as the baseline that is shipped wants it. An HTTP API, which no web ACL can stand before, is not among it. */
export const protection = (): Pick<Facts, ProtectionFact> => ({
  'wafv2.webAcls': [webAcl(WEB_ACL)],
  'wafv2.ruleGroups': [],
  'wafv2.ipSets': [
    { arn: BLOCKLIST.ipv4, name: 'securecart-blocklist-ipv4', addresses: known(['192.0.2.44/32']) },
    { arn: BLOCKLIST.ipv6, name: 'securecart-blocklist-ipv6', addresses: known([]) },
  ],
  'wafv2.listedIpSets': [
    { arn: BLOCKLIST.ipv4, name: 'securecart-blocklist-ipv4' },
    { arn: BLOCKLIST.ipv6, name: 'securecart-blocklist-ipv6' },
  ],
  'wafv2.webAclTags': [{ webAcl: WEB_ACL, tags: known({}) }],
  'wafv2.associations': [{ resource: ALB, webAcl: known(WEB_ACL) }],
  'wafv2.loggingConfigurations': [
    { webAcl: WEB_ACL, destinations: [`arn:aws:logs:${REGION}:${OWNER}:log-group:aws-waf-logs-securecart`] },
  ],
  'cognito.userPools': [userPool()],
  'apigateway.restApis': [restApi()],
  'apigateway.account': { cloudWatchRole: `arn:aws:iam::${OWNER}:role/api-gateway-logs` },
  'apigatewayv2.apis': [],
  'apigatewayv2.httpApis': [],
  'apigatewayv2.webSocketApis': [],
});
