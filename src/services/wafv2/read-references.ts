import { GetIPSetCommand, GetRuleGroupCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Reader, type RegionAccess, sortedBy } from '../reader.ts';
import type { IpSet, Rule, RuleGroup, Statement, WebAcl } from './facts.ts';
import { inOrder } from './read-statement.ts';

const getRuleGroup = apiCall('wafv2:GetRuleGroup');
const getIpSet = apiCall('wafv2:GetIPSet');

/** The rule groups that web ACLs refer to, Firewall Manager's and other accounts' among them. The others are left alone: each costs a call. */
export const ruleGroups: Reader<'wafv2.ruleGroups'> = {
  calls: [getRuleGroup],
  needs: ['wafv2.webAcls'],
  read: async access => {
    const rules = need(await access.fact('wafv2.webAcls')).flatMap(rulesOf);
    const arns = new Set(
      rules.flatMap(({ statement }) => (statement.kind === 'rule-group' ? statement.arn : [])),
    );
    return sortedBy(await Promise.all([...arns].map(arn => ruleGroup(access, arn))), ({ arn }) => arn);
  },
};

/** The IP sets that a rule refers to. The others are left alone, as of the rule groups. */
export const ipSets: Reader<'wafv2.ipSets'> = {
  calls: [getIpSet],
  needs: ['wafv2.webAcls', 'wafv2.ruleGroups'],
  read: async access => {
    const [acls, groups] = await Promise.all([access.fact('wafv2.webAcls'), access.fact('wafv2.ruleGroups')]);
    const inGroups = need(groups).flatMap(({ rules }) => (rules.kind === 'known' ? rules.value : []));
    const statements = [...need(acls).flatMap(rulesOf), ...inGroups].map(({ statement }) => statement);
    const arns = new Set(statements.flatMap(ipSetsOf));
    return sortedBy(await Promise.all([...arns].map(arn => ipSet(access, arn))), ({ arn }) => arn);
  },
};

/** A web ACL whose rules are unknown refers to nothing: nobody can judge it by what it refers to anyway. */
const rulesOf = ({ definition }: WebAcl): Rule[] =>
  definition.kind === 'known'
    ? [
        ...definition.value.firewallManagerFirst,
        ...definition.value.rules,
        ...definition.value.firewallManagerLast,
      ]
    : [];

function ipSetsOf(statement: Statement): string[] {
  switch (statement.kind) {
    case 'ip-set':
      return [statement.arn];
    case 'and':
    case 'or':
      return statement.statements.flatMap(ipSetsOf);
    case 'not':
      return ipSetsOf(statement.statement);
    case 'rate':
    case 'managed-rule-group':
      return statement.scopeDown === undefined ? [] : ipSetsOf(statement.scopeDown);
    case 'sqli-match':
    case 'xss-match':
    case 'byte-match':
    case 'regex-match':
    case 'regex-pattern-set':
    case 'size':
    case 'asn-match':
    case 'geo-match':
    case 'label-match':
    case 'rule-group':
    case 'other':
      return [];
    default:
      return statement satisfies never;
  }
}

const ruleGroup = async (access: RegionAccess, ARN: string): Promise<RuleGroup> => ({
  arn: ARN,
  rules: await part(access, [getRuleGroup], async () => {
    const { client, options } = access;
    const { RuleGroup } = await client(WAFV2Client).send(new GetRuleGroupCommand({ ARN }), options);
    return inOrder(given(RuleGroup, 'RuleGroup').Rules);
  }),
});

/** GetIPSet takes no ARN, but all that it takes stands in one: `….:regional/ipset/NAME/ID`. */
async function ipSet(access: RegionAccess, arn: string): Promise<IpSet> {
  const [, , Name = '', Id] = arn.split('/');
  const addresses = await part(access, [getIpSet], async () => {
    const { client, options } = access;
    const { IPSet } = await client(WAFV2Client).send(
      new GetIPSetCommand({ Scope: 'REGIONAL', Name, Id }),
      options,
    );
    return [...(given(IPSet, 'IPSet').Addresses ?? [])].sort();
  });
  return { arn, name: Name, addresses };
}
