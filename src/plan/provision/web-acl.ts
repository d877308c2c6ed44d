import { guardOf } from '../../findings/waf/acls.ts';
import { known } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { RegionFacts } from '../../services/facts.ts';
import type { WebAcl, WebAclDefinition } from '../../services/wafv2/facts.ts';
import { createWebAcl } from '../../services/wafv2/web-acl/changes.ts';
import { ruleOfRow } from '../../services/wafv2/web-acl/rule.ts';
import { finishedLogGroup, RETENTION_DAYS } from '../log-group.ts';
import { groupToBe, withLogGroup } from '../mends/log-destination.ts';
import { mendWebAcl, webAcls } from '../mends/web-acl.ts';
import { allOf } from '../mends/web-acl-asked.ts';
import { COUNTS } from '../mends/web-acl-completion.ts';
import { logTo, WEB_ACL_LOGS } from '../mends/web-acl-logging.ts';
import { ownWebAcl, WEB_ACL } from '../mends/web-acl-own.ts';
import { arnsOf } from '../mends/web-acl-rows.ts';
import { NOTHING, type Proposal, together } from '../scene.ts';
import { buildIpSets } from './ip-sets.ts';
import { about, adopt, build, inTurn, type Part, type Provision, standIn, unbuilt } from './part.ts';
import type { Site } from './site.ts';

/** The web ACL with its IP sets and its log. What it is to stand before, the mends of findings put it before. */
export const webAcl: Provision = {
  // Not `waf/http-api`: an HTTP API can have no web ACL, so that there is nothing to build for it.
  controls: webAcls.controls,
  needs: [
    'apigateway.restApis',
    'elbv2.loadBalancers',
    'logs.logGroups',
    'wafv2.associations',
    'wafv2.ipSets',
    'wafv2.listedIpSets',
    'wafv2.loggingConfigurations',
    'wafv2.ruleGroups',
    'wafv2.webAclTags',
    'wafv2.webAcls',
  ],
  build: site => inTurn(site, [buildIpSets, finishLogs, buildWebAcl]),
};

function buildWebAcl(site: Site): Part {
  const { active, bare } = guardOf(site.audit);
  const own = ownWebAcl(site);
  if (own !== undefined) {
    const isIdle = bare.length === 0 && !active.some(({ webAcl }) => webAcl === own);
    return adoptWebAcl(site, own, isIdle);
  }
  if (active.length === 0 || bare.length > 0) return newWebAcl(site);
  // What stands before all that is public is completed by the mends of its findings, and a second one would stand before nothing.
  const { region } = site;
  return {
    adopted: active.map(({ webAcl, behind }) => ({
      what: `web ACL before ${behind}`,
      region,
      id: webAcl.name,
    })),
  };
}

/** The web ACL that is there. One that stands before nothing has no findings, and so is completed here. */
function adoptWebAcl(site: Site, own: WebAcl, isIdle: boolean): Part {
  const { waf } = site.audit.baseline;
  const completed = isIdle
    ? withLogGroup(site, WEB_ACL_LOGS, mendWebAcl(site, own, allOf(site, own), []))
    : NOTHING;
  const detail = `Its name is ${own.name} and the baseline's is ${waf.name}. It does what the baseline asks as it is; a web ACL cannot be renamed, only created anew.`;
  const renamed = own.name === waf.name ? [] : [unbuilt(site, resourceOf(site, own), 'in-place', detail)];
  return {
    ...completed,
    ...adopt(site, 'web ACL', own.name),
    leftAlone: [...completed.leftAlone, ...renamed],
    facts: withGroup(site, completed),
  };
}

function newWebAcl(site: Site): Part {
  const { audit, wafMode: mode = 'block' } = site;
  const { waf } = audit.baseline;
  const id = standIn('web-acl');
  const does = mode === 'count' ? 'whose rules only count for now' : 'with its rules';
  const said = about(site, id, { component: WEB_ACL, name: waf.name, title: `create it, ${does}` });
  const definition = definitionOf(site, mode);
  const acl: WebAcl = { arn: id, id, name: waf.name, definition: known(definition) };
  const creation = build(site, {
    id: 'web-acl',
    title: `create the web ACL ${waf.name}`,
    resource: resourceOf(site, acl),
    cost: costOf(definition.rules.length),
    changes: [createWebAcl(waf.name, definition, said)],
    ...(mode === 'count' && { unfinished: COUNTS }),
  });
  const log = waf.logging.logs ? logTo(site, acl, said.tags, []) : NOTHING;
  const whole = withLogGroup(site, WEB_ACL_LOGS, together([{ ...NOTHING, ...creation }, log]));
  const logs = waf.logging.logs ? [{ webAcl: id, destinations: [groupToBe(site, WEB_ACL_LOGS).arn] }] : [];
  return {
    ...whole,
    facts: {
      ...withGroup(site, whole),
      'wafv2.webAcls': known([...audit.value('wafv2.webAcls'), acl]),
      'wafv2.webAclTags': known([...audit.value('wafv2.webAclTags'), { webAcl: id, tags: known(said.tags) }]),
      'wafv2.loggingConfigurations': known([...audit.value('wafv2.loggingConfigurations'), ...logs]),
    },
  };
}

/** The log group that an earlier run has left unfinished. */
function finishLogs(site: Site): Part {
  const { audit, region } = site;
  const groups = audit.value('logs.logGroups');
  const live = groups.find(({ name }) => name === WEB_ACL_LOGS.name);
  if (live === undefined || !audit.baseline.waf.logging.logs) return {};
  const finished = { ...live, retentionDays: RETENTION_DAYS };
  return build(site, {
    id: 'web-acl-logs',
    title: 'set how long the log of the web ACLs is kept',
    resource: { type: 'AWS::Logs::LogGroup', arn: live.arn, id: live.name },
    ...finishedLogGroup(region, live),
    facts: { 'logs.logGroups': known(groups.map(group => (group === live ? finished : group))) },
  });
}

/** A new web ACL: the rows of the baseline, in their order. */
function definitionOf({ audit }: Site, mode: 'block' | 'count'): WebAclDefinition {
  const { waf } = audit.baseline;
  const listed = audit.value('wafv2.listedIpSets');
  const rules = waf.rules
    .toSorted((a, b) => a.priority - b.priority)
    .map(row => {
      const { name, priority, statement } = row;
      const ipSets = statement.kind === 'ip-sets' ? arnsOf(statement.sets, listed) : undefined;
      return ruleOfRow(row, { name, priority, mode }, ipSets);
    });
  return {
    defaultAction: waf.defaultAction,
    firewallManagerFirst: [],
    rules,
    firewallManagerLast: [],
    metrics: true,
    managedByFirewallManager: false,
  };
}

/** The facts that are others by the log group, where the proposal creates it. */
function withGroup(site: Site, { mends }: Proposal): RegionFacts {
  const group = groupToBe(site, WEB_ACL_LOGS);
  const isCreated = mends.some(({ resource }) => resource.arn === group.arn);
  return isCreated ? { 'logs.logGroups': known([...site.audit.value('logs.logGroups'), group]) } : {};
}

const resourceOf = ({ audit }: Site, { name, id }: WebAcl): Resource => ({
  type: 'AWS::WAFv2::WebACL',
  arn: audit.arnOf('wafv2', audit.account, `regional/webacl/${name}/${id}`),
  id,
  name,
});

/** AWS's list price, which is the same in every Region, https://aws.amazon.com/waf/pricing/; its own managed groups of the baseline cost no more than a rule. */
const USD_PER_MONTH = { webAcl: 5, rule: 1 } as const;

const costOf = (rules: number): string =>
  `a web ACL and ${rules} rules, charged by the month (some ${USD_PER_MONTH.webAcl + rules * USD_PER_MONTH.rule} USD in all), and the requests that it looks at, by the million; a rule that waf.rules of the baseline does not list is not created`;
