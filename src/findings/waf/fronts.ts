import type { Waf } from '../../model/baseline/waf.ts';
import { type Fact, known, need, UnknownFact, type UnknownReason } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { FactName } from '../../services/facts.ts';
import type { RegionAudit } from '../control.ts';
import { loadBalancerResource, restApiResource, restStageResource } from '../entry-resources.ts';

/** What the public reaches, and the web ACL that stands before it: its ARN, or null where none does. */
export interface Front {
  readonly resource: Resource;
  /** What a message calls it: `load balancer shop`. */
  readonly called: string;
  readonly webAcl: Fact<string | null>;
}

/** What the public reaches in a Region, and what of it could not be read. */
export interface Fronts {
  readonly fronts: readonly Front[];
  readonly unread: readonly { readonly resource: Resource; readonly reason: UnknownReason }[];
}

type Kind = Waf['protects']['resources'][number];

/** The facts by which what the public reaches is found, and what stands before it. */
export const factsOfKind = {
  'internet-facing-load-balancer': ['wafv2.webAcls', 'wafv2.associations', 'elbv2.loadBalancers'],
  'rest-api-stage': ['wafv2.webAcls', 'apigateway.restApis'],
} as const satisfies Record<Kind, readonly FactName[]>;

/** The same of every kind. */
export const frontFacts = [
  ...factsOfKind['internet-facing-load-balancer'],
  'apigateway.restApis',
] as const satisfies readonly FactName[];

const finders = {
  'internet-facing-load-balancer': loadBalancers,
  'rest-api-stage': stages,
} satisfies Record<Kind, (audit: RegionAudit) => Fronts>;

/** All of what the baseline has the web ACL protect; where one kind could not be listed, the other is there. */
export function frontsOf(audit: RegionAudit, kinds: readonly Kind[]): Fronts {
  const all = kinds.map(kind => attempt(() => finders[kind](audit), listOf(audit, kind)));
  return { fronts: all.flatMap(({ fronts }) => fronts), unread: all.flatMap(({ unread }) => unread) };
}

function attempt(find: () => Fronts, resource: Resource): Fronts {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
    return { fronts: [], unread: [{ resource, reason: error.reason }] };
  }
}

/** All resources of a kind as one, for a list that could not be read. */
function listOf({ arnOf, region }: RegionAudit, kind: Kind): Resource {
  if (kind === 'rest-api-stage') {
    return {
      type: 'AWS::ApiGateway::RestApi',
      arn: arnOf('apigateway', '', '/restapis'),
      id: `REST APIs of ${region}`,
    };
  }
  const arn = arnOf('elasticloadbalancing', '', 'loadbalancer');
  return { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', arn, id: `load balancers of ${region}` };
}

function loadBalancers({ value }: RegionAudit): Fronts {
  const names = new Map(value('elbv2.loadBalancers').map(({ arn, name }) => [arn, name]));
  const fronts = value('wafv2.associations').map(({ resource: arn, webAcl }) => {
    const name = names.get(arn) ?? arn;
    return { resource: loadBalancerResource({ arn, name }), called: `load balancer ${name}`, webAcl };
  });
  return { fronts, unread: [] };
}

function stages(audit: RegionAudit): Fronts {
  const apis = audit.value('apigateway.restApis');
  const fronts = apis.flatMap(api =>
    api.stages.kind === 'unknown'
      ? []
      : need(api.stages).map(stage => ({
          resource: restStageResource(audit, api, stage),
          called: `stage ${stage.name} of REST API ${api.name}`,
          webAcl: known(stage.webAcl ?? null),
        })),
  );
  const unread = apis.flatMap(api =>
    api.stages.kind === 'unknown'
      ? [{ resource: restApiResource(audit, api), reason: api.stages.reason }]
      : [],
  );
  return { fronts, unread };
}
