import { webAclResource } from '../../findings/entry-resources.ts';
import { guardOf } from '../../findings/waf/acls.ts';
import type { Front } from '../../findings/waf/fronts.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { ChangeId } from '../../model/plan.ts';
import { associate, associationObject, associationState } from '../../services/wafv2/association/changes.ts';
import type { WebAcl } from '../../services/wafv2/facts.ts';
import { webAclObject, webAclState } from '../../services/wafv2/web-acl/changes.ts';
import { aboutFinding, leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { withLogGroup } from './log-destination.ts';
import { type Asked, allOf, askedBy, isUnlogged } from './web-acl-asked.ts';
import { COUNTS, complete } from './web-acl-completion.ts';
import { logTo, WEB_ACL_LOGS } from './web-acl-logging.ts';
import { ownWebAcl, tagsOfWebAcl } from './web-acl-own.ts';

/** Lets the web ACLs that stand before something do what the baseline asks, and puts the baseline's before what has none. */
export const webAcls: Planner = {
  controls: [
    'waf/alb-association',
    'waf/rest-stage-association',
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
    'logs.logGroups',
    'wafv2.ipSets',
    'wafv2.listedIpSets',
    'wafv2.loggingConfigurations',
    'wafv2.ruleGroups',
    'wafv2.webAclTags',
  ],
  plan: (scene, failing) => {
    const of: About = arn => failing.filter(({ resource }) => resource.arn === arn);
    const { active, bare } = guardOf(scene.audit);
    const own = ownWebAcl(scene);
    const fronts = bare.filter(({ resource }) => of(resource.arn).length > 0);
    const joins = own !== undefined && fronts.length > 0;
    const edits = active.flatMap(({ webAcl }) => {
      const causes = of(webAcl.arn);
      if (causes.length === 0 || (joins && webAcl === own)) return [];
      const asked = askedBy(scene.audit.baseline.waf, causes);
      return unlessUnknown(causes, () => mendWebAcl(scene, webAcl, asked, causes));
    });
    const rest = joins
      ? unlessUnknown(causesOf(own, fronts, of), () => join(scene, own, fronts, of))
      : withoutWebAcl(scene, fronts, of);
    return withLogGroup(scene, WEB_ACL_LOGS, together([...edits, rest, ...behindClassic(failing, bare)]));
  },
};

/** The findings about a resource, by its ARN. */
type About = (arn: string) => readonly Finding[];

/**
 * What a web ACL is asked to do, and its log. What cannot be done leaves the findings about it alone; all others are the
 * reason for the mend. Throws UnknownFact.
 */
export function mendWebAcl(scene: Scene, acl: WebAcl, asked: Asked, causes: readonly Finding[]): Proposal {
  const { region } = scene;
  const about = (findings: readonly Finding[]) => ({
    region,
    resource: webAclResource(acl),
    for: findings.map(causeOf),
  });
  const definition = need(acl.definition);
  if (definition.managedByFirewallManager) {
    const detail = 'Firewall Manager owns it, and would put the drift back: change its policy.';
    return leave(about(causes), 'managed', detail);
  }
  const { changes, refusals, adds, counts } = complete(scene, acl, definition, asked);
  const left = refusals.map(({ stays, obstacle, detail }) =>
    leave(about(causes.filter(stays)), obstacle, detail),
  );
  const tags = tagsOfWebAcl(scene, acl);
  const mended = about(
    causes.filter(finding => !isUnlogged(finding) && !refusals.some(({ stays }) => stays(finding))),
  );
  const mend = (owned: { managedBy?: string }): Proposal => ({
    ...NOTHING,
    mends: [
      {
        ...mended,
        ...owned,
        ...(counts && { unfinished: COUNTS }),
        id: `web-acl/${acl.id}`,
        title: `let web ACL ${acl.name} do what the baseline asks`,
        risk: 'review',
        disruption: counts
          ? COUNTS
          : 'Customers whom a rule takes for attackers are blocked. --waf-mode count lets new rules only count at first.',
        ...(adds && {
          cost: 'AWS WAF charges for each rule, and for requests where the rules take more than 1500 capacity units',
        }),
        changes: [...changes],
      },
    ],
    fingerprints: [{ object: webAclObject(region, acl), state: webAclState(definition, tags) }],
  });
  return together([
    ...left,
    changes.length === 0 ? NOTHING : unlessManaged(scene, mended, tags, mend),
    asked.logged ? logTo(scene, acl, tags, causes.filter(isUnlogged)) : NOTHING,
  ]);
}

/** The baseline's web ACL, made to do all that it asks, before what has none. Throws UnknownFact. */
function join(scene: Scene, own: WebAcl, fronts: readonly Front[], of: About): Proposal {
  const whole = mendWebAcl(scene, own, allOf(scene, own), causesOf(own, fronts, of));
  const told = new Set(whole.leftAlone.flatMap(item => item.for.map(({ finding }) => finding)));
  const edit = whole.mends.find(({ id }) => id === `web-acl/${own.id}`);
  const after = edit?.changes.map(({ id }) => id) ?? [];
  const counts = edit?.unfinished !== undefined || whole.leftAlone.some(({ detail }) => detail === COUNTS);
  const associations = fronts.map(front => {
    const untold = of(front.resource.arn).filter(({ id }) => !told.has(id));
    return untold.length === 0 ? NOTHING : putBefore(scene, own, front, untold, { after, counts });
  });
  return together([whole, ...associations]);
}

const causesOf = (own: WebAcl, fronts: readonly Front[], of: About): Finding[] => [
  ...of(own.arn),
  ...fronts.flatMap(({ resource }) => of(resource.arn)),
];

function putBefore(
  { region }: Scene,
  own: WebAcl,
  { resource, called }: Front,
  causes: readonly Finding[],
  { after, counts }: { after: ChangeId[]; counts: boolean },
): Proposal {
  const change = associate(region, resource.arn, own, after);
  return {
    ...NOTHING,
    mends: [
      {
        region,
        resource,
        for: causes.map(causeOf),
        ...(counts && { unfinished: COUNTS }),
        id: change.id,
        title: `put web ACL ${own.name} before ${called}`,
        risk: 'review',
        disruption:
          'What its rules block no longer gets through; AWS WAF needs some minutes to stand everywhere.',
        cost: 'AWS WAF charges for the requests that it looks at',
        changes: [change],
      },
    ],
    fingerprints: [{ object: associationObject(region, resource.arn), state: associationState(null) }],
  };
}

/** There is no web ACL of the baseline's to put before them. */
const withoutWebAcl = ({ audit, region }: Scene, fronts: readonly Front[], of: About): Proposal =>
  together(
    fronts.map(({ resource }) =>
      leave(
        { region, resource, for: of(resource.arn).map(causeOf) },
        'no-mend',
        `No web ACL is called ${audit.baseline.waf.name}: \`securecart apply\` creates it, with the rules of the baseline; or name another one in the baseline.`,
      ),
    ),
  );

/** What stands behind a web ACL that has none of the baseline's rules and can have none: to associate another takes it away. */
const behindClassic = (failing: readonly Finding[], bare: readonly Front[]): Proposal[] =>
  failing
    .filter(({ control }) => control.endsWith('-association'))
    .filter(({ resource }) => !bare.some(front => front.resource.arn === resource.arn))
    .map(finding =>
      leave(
        aboutFinding(finding),
        'no-mend',
        'To put another web ACL before it takes the one of AWS WAF Classic away: move its rules to a web ACL of AWS WAF, and associate that with it.',
      ),
    );
