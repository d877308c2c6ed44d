import {
  type LoggingConfiguration as DescribedLogging,
  type FirewallManagerRuleGroup,
  GetWebACLCommand,
  ListLoggingConfigurationsCommand,
  ListWebACLsCommand,
  WAFV2Client,
  type WebACL,
  type WebACLSummary,
} from '@aws-sdk/client-wafv2';
import { fromPages, readEach } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Readers, type RegionAccess, sortedBy } from '../reader.ts';
import type { LoggingConfiguration, WebAcl, WebAclDefinition, wafv2Facts } from './facts.ts';
import { associations } from './read-associations.ts';
import { listedIpSets, webAclTags } from './read-for-mends.ts';
import { ipSets, ruleGroups } from './read-references.ts';
import { asJson, inOrder, ownInOrder } from './read-statement.ts';

const get = apiCall('wafv2:GetWebACL');

// The most that AWS WAF gives at once.
const page = { Scope: 'REGIONAL', Limit: 100 } as const;

/** How AWS WAF's facts are read. */
export const wafv2Readers = {
  'wafv2.webAcls': {
    calls: [apiCall('wafv2:ListWebACLs'), get],
    needs: [],
    read: async access => {
      const all = await readEach(
        webAclPages(access),
        page => page.WebACLs ?? [],
        summary => webAcl(access, summary),
      );
      return sortedBy(all, ({ arn }) => arn);
    },
  },
  'wafv2.ruleGroups': ruleGroups,
  'wafv2.ipSets': ipSets,
  'wafv2.listedIpSets': listedIpSets,
  'wafv2.webAclTags': webAclTags,
  'wafv2.associations': associations,
  'wafv2.loggingConfigurations': {
    // One call for a hundred web ACLs; GetLoggingConfiguration is one for each.
    calls: [apiCall('wafv2:ListLoggingConfigurations')],
    needs: ['wafv2.webAcls'],
    read: async access => {
      // Where there is no web ACL there is nothing that could log.
      if (need(await access.fact('wafv2.webAcls')).length === 0) return [];
      const all = await fromPages(loggingPages(access), ({ LoggingConfigurations }) =>
        (LoggingConfigurations ?? []).map(loggingConfiguration),
      );
      return sortedBy(all, ({ webAcl }) => webAcl);
    },
  },
} as const satisfies Readers<keyof typeof wafv2Facts>;

/** The SDK has no paginators for AWS WAF. */
export async function* webAclPages({ client, options }: Pick<RegionAccess, 'client' | 'options'>) {
  let NextMarker: string | undefined;
  do {
    const answer = await client(WAFV2Client).send(new ListWebACLsCommand({ ...page, NextMarker }), options);
    yield answer;
    NextMarker = answer.NextMarker;
  } while (NextMarker);
}

async function* loggingPages({ client, options }: RegionAccess) {
  let NextMarker: string | undefined;
  do {
    const answer = await client(WAFV2Client).send(
      new ListLoggingConfigurationsCommand({ ...page, NextMarker }),
      options,
    );
    yield answer;
    NextMarker = answer.NextMarker;
  } while (NextMarker);
}

async function webAcl(access: RegionAccess, { ARN, Id, Name }: WebACLSummary): Promise<WebAcl> {
  const { client, options } = access;
  return {
    arn: given(ARN, 'ARN of a web ACL'),
    id: given(Id, 'Id of a web ACL'),
    name: given(Name, 'Name of a web ACL'),
    definition: await part(access, [get], async () => {
      const command = new GetWebACLCommand({ Scope: page.Scope, Id, Name });
      return definition(given((await client(WAFV2Client).send(command, options)).WebACL, 'WebACL'));
    }),
  };
}

/** What a web ACL does, from what GetWebACL says of it. */
export function definition(from: WebACL): WebAclDefinition {
  const { Block: block } = given(from.DefaultAction, 'DefaultAction');
  return {
    defaultAction: block === undefined ? 'allow' : 'block',
    ...(block?.CustomResponse && { blockResponse: asJson(block.CustomResponse) }),
    firewallManagerFirst: inOrder(from.PreProcessFirewallManagerRuleGroups?.map(asRule)),
    rules: ownInOrder(from.Rules),
    firewallManagerLast: inOrder(from.PostProcessFirewallManagerRuleGroups?.map(asRule)),
    metrics: from.VisibilityConfig?.CloudWatchMetricsEnabled ?? false,
    managedByFirewallManager: from.ManagedByFirewallManager ?? false,
  };
}

const asRule = ({ FirewallManagerStatement, ...group }: FirewallManagerRuleGroup) => ({
  ...group,
  Statement: FirewallManagerStatement,
});

/** Where a web ACL logs to, from what AWS WAF says of it. */
export const loggingConfiguration = (from: DescribedLogging): LoggingConfiguration => ({
  webAcl: given(from.ResourceArn, 'ResourceArn of a logging configuration'),
  destinations: [...(from.LogDestinationConfigs ?? [])].sort(),
  ...(from.LoggingFilter && { filter: filter(from.LoggingFilter) }),
});

const filter = (
  from: NonNullable<DescribedLogging['LoggingFilter']>,
): NonNullable<LoggingConfiguration['filter']> => ({
  default: given(from.DefaultBehavior, 'DefaultBehavior of a logging filter'),
  filters: (from.Filters ?? []).map(({ Behavior, Requirement, Conditions = [] }) => ({
    behavior: given(Behavior, 'Behavior of a logging filter'),
    requirement: given(Requirement, 'Requirement of a logging filter'),
    actions: Conditions.flatMap(({ ActionCondition: condition }) => condition?.Action ?? []),
    labels: Conditions.flatMap(({ LabelNameCondition: condition }) => condition?.LabelName ?? []),
  })),
});
