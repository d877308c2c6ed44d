import { webAclResource } from '../../findings/entry-resources.ts';
import { guardOf } from '../../findings/waf/acls.ts';
import type { Front } from '../../findings/waf/fronts.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { associate, associationObject, associationState } from '../../services/wafv2/association/changes.ts';
import type { WebAcl } from '../../services/wafv2/facts.ts';
import { editRules, webAclObject, webAclState } from '../../services/wafv2/web-acl/changes.ts';
import { type AboutRegion, leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { editsFor } from './web-acl-rows.ts';

/** Lets the web ACLs that stand before something carry out the rows, and puts the baseline's before what has none. */
export const webAcls: Planner = {
  controls: [
    'waf/alb-association',
    'waf/rest-stage-association',
    'waf/approved-countries',
    'waf/blocklist',
    'waf/cross-site-scripting',
    'waf/ip-reputation',
    'waf/rate-limit',
    'waf/sql-injection',
  ],
  needs: ['wafv2.webAclTags', 'wafv2.listedIpSets', 'wafv2.ruleGroups', 'wafv2.ipSets'],
  plan: (scene, failing) => {
    const of = (arn: string) => failing.filter(({ resource }) => resource.arn === arn);
    const { active, bare } = guardOf(scene.audit);
    const own = scene.audit.value('wafv2.webAcls').find(({ name }) => name === scene.audit.baseline.waf.name);
    const fronts = bare.filter(({ resource }) => of(resource.arn).length > 0);
    const joining = fronts.flatMap(({ resource }) => of(resource.arn));
    const others = active.filter(({ webAcl }) => webAcl !== own || joining.length === 0);
    const edits = others.map(({ webAcl }) => {
      const causes = of(webAcl.arn);
      return causes.length === 0
        ? NOTHING
        : unlessUnknown(causes, () => rulesMend(scene, webAcl, causes, rowsOf(causes)));
    });
    if (joining.length === 0) return together(edits);
    if (own === undefined) return together([...edits, withoutWebAcl(scene, fronts, of)]);
    const causes = [...of(own.arn), ...joining];
    return together([...edits, unlessUnknown(causes, () => joined(scene, own, fronts, of))]);
  },
};

/** The rows that findings are about. */
const rowsOf = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(findings.flatMap(({ row }) => row?.id ?? []));

/** Rules of one web ACL, for those of its rows. A row that cannot be carried out leaves its own findings alone. Throws UnknownFact. */
function rulesMend(
  scene: Scene,
  acl: WebAcl,
  failing: readonly Finding[],
  ids: ReadonlySet<string>,
): Proposal {
  const { audit, region } = scene;
  const about = (findings: readonly Finding[]): AboutRegion => ({
    region,
    resource: webAclResource(acl),
    for: findings.map(causeOf),
  });
  const definition = need(acl.definition);
  if (definition.managedByFirewallManager) {
    const detail = 'Firewall Manager owns it, and would put the drift back: change its policy.';
    return leave(about(failing), 'managed', detail);
  }
  const rows = audit.baseline.waf.rules.filter(({ id }) => ids.has(id));
  const edits = editsFor(scene, definition, rows);
  const refused = edits.flatMap(edit => (edit.kind === 'refused' ? [edit] : []));
  const puts = edits.flatMap(edit => (edit.kind === 'put' ? [edit] : []));
  const left = refused.map(({ row, detail }) =>
    leave(about(failing.filter(finding => finding.row?.id === row.id)), 'no-mend', detail),
  );
  if (puts.length === 0) return together(left);
  const without = new Set<string>(refused.map(({ row }) => row.id));
  const mended = about(failing.filter(({ row }) => row === undefined || !without.has(row.id)));
  const change = editRules(region, acl, puts.map(({ title }) => title).join('; '), {
    remove: puts.flatMap(({ from }) => (from === undefined ? [] : [from])),
    add: puts.map(({ to }) => to),
  });
  const counts = scene.wafMode === 'count' && puts.some(({ from }) => from === undefined);
  const mend = unlessManaged(scene, mended, tagsOf(scene, acl), owned => ({
    ...NOTHING,
    mends: [
      {
        ...mended,
        ...owned,
        ...(counts && { unfinished: COUNTS }),
        id: `web-acl/${acl.id}`,
        title: `let web ACL ${acl.name} block what the baseline blocks`,
        risk: 'review',
        disruption: counts
          ? COUNTS
          : 'Customers whom a rule takes for attackers are blocked. --waf-mode count lets new rules only count at first.',
        cost: 'AWS WAF charges for each rule, and for requests where the rules take more than 1500 capacity units',
        changes: [change],
      },
    ],
    fingerprints: [{ object: webAclObject(region, acl), state: webAclState(definition) }],
  }));
  return together([...left, mend]);
}

const COUNTS =
  'New rules only count, and what they are for fails still: once their metrics show no customers, set their actions to block.';

/** Throws UnknownFact. */
const tagsOf = ({ audit }: Scene, { arn }: WebAcl): Readonly<Record<string, string>> => {
  const found = audit.value('wafv2.webAclTags').find(({ webAcl }) => webAcl === arn);
  return found === undefined ? {} : need(found.tags);
};

/** The baseline's web ACL before what has none, after its rules. Throws UnknownFact. */
function joined(
  scene: Scene,
  own: WebAcl,
  fronts: readonly Front[],
  of: (arn: string) => readonly Finding[],
): Proposal {
  const accepted = new Set(
    scene.suppressed.flatMap(({ resource, row }) => (resource.arn === own.arn ? (row?.id ?? []) : [])),
  );
  const ids = scene.audit.baseline.waf.rules.flatMap(({ id }) => (accepted.has(id) ? [] : id));
  const failing = [...of(own.arn), ...fronts.flatMap(({ resource }) => of(resource.arn))];
  const rules = rulesMend(scene, own, failing, new Set(ids));
  const told = new Set(rules.leftAlone.flatMap(item => item.for.map(({ finding }) => finding)));
  const after = rules.mends.flatMap(({ changes }) => changes.map(({ id }) => id));
  const unfinished = rules.mends.find(mend => mend.unfinished !== undefined)?.unfinished;
  const associations = fronts.map(({ resource, called }): Proposal => {
    const causes = of(resource.arn).filter(({ id }) => !told.has(id));
    if (causes.length === 0) return NOTHING;
    const change = associate(scene.region, resource.arn, own, after);
    return {
      ...NOTHING,
      mends: [
        {
          region: scene.region,
          resource,
          for: causes.map(causeOf),
          ...(unfinished !== undefined && { unfinished }),
          id: change.id,
          title: `put web ACL ${own.name} before ${called}`,
          risk: 'review',
          disruption:
            'What its rules block no longer gets through; AWS WAF needs some minutes to stand everywhere.',
          cost: 'AWS WAF charges for the requests that it looks at',
          changes: [change],
        },
      ],
      fingerprints: [
        { object: associationObject(scene.region, resource.arn), state: associationState(null) },
      ],
    };
  });
  return together([rules, ...associations]);
}

/** There is no web ACL of the baseline's to put before them. */
const withoutWebAcl = (
  { audit, region }: Scene,
  fronts: readonly Front[],
  of: (arn: string) => readonly Finding[],
): Proposal =>
  together(
    fronts.map(({ resource }) =>
      leave(
        { region, resource, for: of(resource.arn).map(causeOf) },
        'no-mend',
        `No web ACL is called ${audit.baseline.waf.name}: create it, with the rules of the baseline, or name another one in the baseline.`,
      ),
    ),
  );
