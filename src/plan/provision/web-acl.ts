import { guardOf } from '../../findings/waf/acls.ts';
import { known } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { WebAcl, WebAclDefinition } from '../../services/wafv2/facts.ts';
import { createWebAcl } from '../../services/wafv2/web-acl/changes.ts';
import { ruleOfRow } from '../../services/wafv2/web-acl/rule.ts';
import { mendWebAcl } from '../mends/web-acl.ts';
import { allOf } from '../mends/web-acl-asked.ts';
import { COUNTS } from '../mends/web-acl-completion.ts';
import { groupToBe, logTo, withLogGroup } from '../mends/web-acl-logging.ts';
import { ownWebAcl, WEB_ACL } from '../mends/web-acl-own.ts';
import { arnsOf } from '../mends/web-acl-rows.ts';
import { NOTHING, type Proposal, type Scene, sceneOf, together } from '../scene.ts';
import { buildIpSets } from './ip-sets.ts';
import {
  about,
  building,
  inTurn,
  lookUp,
  notBuilt,
  type Part,
  type Provision,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';

/** The web ACL with its IP sets and its log. What it is to stand before, the mends of findings put it before. */
export const webAcl: Provision = {
  // An HTTP API can have no web ACL, so that there is nothing to build for it.
  controls: [
    'waf/*-association',
    'waf/approved-countries',
    'waf/blocklist',
    'waf/cross-site-scripting',
    'waf/default-action',
    'waf/ip-reputation',
    'waf/logging',
    'waf/managed-versions',
    'waf/rate-limit',
    'waf/sql-injection',
  ],
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
  build: site => inTurn(site, [buildIpSets, buildWebAcl]),
};

function buildWebAcl(site: Site): Part {
  const scene = sceneOf(site.baseline, site.region, site.facts, site.account, {
    ...site.options,
    plan: site.plan,
    vpc: site.vpc,
    suppressed: [],
  });
  const { active, bare } = guardOf(scene.audit);
  const own = ownWebAcl(scene);
  if (own !== undefined) {
    const isIdle = bare.length === 0 && !active.some(({ webAcl }) => webAcl === own);
    return adoptWebAcl(site, scene, own, isIdle);
  }
  if (active.length === 0 || bare.length > 0) return newWebAcl(site, scene);
  // What stands before all that is public is completed by the mends of its findings, and a second one would stand before nothing.
  const { region } = site;
  return {
    ...unchanged(site),
    adopted: active.map(({ webAcl, behind }) => ({
      what: `web ACL before ${behind}`,
      region,
      id: webAcl.name,
    })),
  };
}

/** The web ACL that is there. One that stands before nothing has no findings, and so is completed here. */
function adoptWebAcl(site: Site, scene: Scene, own: WebAcl, isIdle: boolean): Part {
  const { region, baseline } = site;
  const completed = isIdle ? withLogGroup(scene, mendWebAcl(scene, own, allOf(scene, own), [])) : NOTHING;
  const wanted = baseline.waf.name;
  const detail = `Its name is ${own.name} and the baseline's is ${wanted}. It does what the baseline asks as it is; a web ACL cannot be renamed, only created anew.`;
  return {
    ...unchanged(site),
    ...completed,
    leftAlone: [
      ...completed.leftAlone,
      ...(own.name === wanted ? [] : [notBuilt(site, resourceOf(site, own), 'in-place', detail)]),
    ],
    adopted: [{ what: 'web ACL', region, id: own.name }],
    facts: withGroup(site, scene, completed),
  };
}

function newWebAcl(site: Site, scene: Scene): Part {
  const { waf } = site.baseline;
  const id = standIn('web-acl');
  const mode = site.options.wafMode ?? 'block';
  const does = mode === 'count' ? 'whose rules only count for now' : 'with its rules';
  const said = about(site, id, { component: WEB_ACL, name: waf.name, title: `create it, ${does}` });
  const definition = definitionOf(site, mode);
  const acl: WebAcl = { arn: id, id, name: waf.name, definition: known(definition) };
  const creation: Proposal = {
    ...NOTHING,
    mends: building(site, {
      id: 'web-acl',
      title: `create the web ACL ${waf.name}`,
      resource: resourceOf(site, acl),
      cost: costOf(definition.rules.length),
      changes: [createWebAcl(waf.name, definition, said)],
    }).map(mend => (mode === 'count' ? { ...mend, unfinished: COUNTS } : mend)),
  };
  const log = waf.logging.logs ? logTo(scene, acl, said.tags, []) : NOTHING;
  const whole = withLogGroup(scene, together([creation, log]));
  const facts = withFact(
    withFact(withGroup(site, scene, whole), 'wafv2.webAcls', [...lookUp(site, 'wafv2.webAcls'), acl]),
    'wafv2.webAclTags',
    [...lookUp(site, 'wafv2.webAclTags'), { webAcl: id, tags: known(said.tags) }],
  );
  const logs = waf.logging.logs ? [{ webAcl: id, destinations: [groupToBe(scene).arn] }] : [];
  return {
    ...unchanged(site),
    ...whole,
    facts: withFact(facts, 'wafv2.loggingConfigurations', [
      ...lookUp(site, 'wafv2.loggingConfigurations'),
      ...logs,
    ]),
  };
}

/** A new web ACL: the rows of the baseline, in their order. */
function definitionOf(site: Site, mode: 'block' | 'count'): WebAclDefinition {
  const listed = lookUp(site, 'wafv2.listedIpSets');
  const rules = site.baseline.waf.rules
    .toSorted((a, b) => a.priority - b.priority)
    .map(row => {
      const { name, priority, statement } = row;
      const ipSets = statement.kind === 'ip-sets' ? arnsOf(statement.sets, listed) : undefined;
      return ruleOfRow(row, { name, priority, mode }, ipSets);
    });
  return {
    defaultAction: site.baseline.waf.defaultAction,
    firewallManagerFirst: [],
    rules,
    firewallManagerLast: [],
    metrics: true,
    managedByFirewallManager: false,
  };
}

/** The facts, with the log group where the proposal creates it. */
const withGroup = (site: Site, scene: Scene, { mends }: Proposal): Part['facts'] => {
  const group = groupToBe(scene);
  const isCreated = mends.some(({ resource }) => resource.arn === group.arn);
  return isCreated
    ? withFact(site.facts, 'logs.logGroups', [...lookUp(site, 'logs.logGroups'), group])
    : site.facts;
};

const resourceOf = ({ account, region }: Site, { name, id }: WebAcl): Resource => ({
  type: 'AWS::WAFv2::WebACL',
  arn: `arn:${account.partition}:wafv2:${region}:${account.id}:regional/webacl/${name}/${id}`,
  id,
  name,
});

/** AWS's list price, which is the same in every Region, https://aws.amazon.com/waf/pricing/; its own managed groups of the baseline cost no more than a rule. */
const USD_PER_MONTH = { webAcl: 5, rule: 1 } as const;

const costOf = (rules: number): string =>
  `a web ACL and ${rules} rules, charged by the month (some ${USD_PER_MONTH.webAcl + rules * USD_PER_MONTH.rule} USD in all), and the requests that it looks at, by the million; a rule that waf.rules of the baseline does not list is not created`;
