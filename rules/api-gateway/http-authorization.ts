import { configuredGap, deployedGap, type HttpGap } from '../../src/findings/api/http.ts';
import { gapData, gapMessages, isException, judgeEndpoints } from '../../src/findings/api/tokens.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { httpApiResource } from '../../src/findings/entry-resources.ts';
import type { HttpApi, HttpRoute } from '../../src/services/apigatewayv2/facts.ts';

export default defineControl({
  id: 'api-gateway/http-authorization',
  title: "Every route of every HTTP API asks for a token of the baseline's user pools",
  severity: 'high',
  rationale:
    'A route without an authorizer answers anyone who finds its path, and one whose authorizer trusts another issuer answers whoever signs up there.',
  remediation:
    "Create a JWT authorizer with the pool's issuer, https://cognito-idp.REGION.amazonaws.com/POOL, and the ids of its clients as the audience, and set it on the route. A stage that does not deploy by itself needs a deployment then.",
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8',
  ],
  frameworks: { fsbp: ['APIGateway.8'], 'nist-800-53-r5': ['AC-3', 'CM-2'] },
  needs: ['apigatewayv2.httpApis', 'cognito.userPools'],
  scope: 'region',
  messages: {
    ...gapMessages,
    audience: '{endpoint} takes tokens for {clients}{where}, which are no clients of the user pool.',
    closed: 'Each of its {count} routes asks for a token.',
  },
  evaluate: judgeHttpApis,
});

type Message = keyof typeof gapMessages | 'audience' | 'closed';
type About = Pick<Outcome, 'resource' | 'row' | 'severity'>;

function* judgeHttpApis(audit: RegionAudit): Iterable<Outcome<Message>> {
  const { authorization } = audit.baseline.api;
  const row = { id: authorization.id, origin: authorization.origin };
  for (const api of audit.value('apigatewayv2.httpApis')) {
    const about = { resource: httpApiResource(audit, api), row, severity: authorization.severity };
    const endpoints = endpointsOf(api).filter(({ key }) => {
      const [verb = '', path = ''] = key.split(' ');
      return !isException(authorization, verb, path);
    });
    const outcomes = [
      ...unreadParts(api, about),
      ...judgeEndpoints(endpoints, about, endpoint => judgeEndpoint(audit, api, endpoint, about)),
    ];
    yield* outcomes;
    if (outcomes.length > 0 || endpoints.length === 0) continue;
    yield { status: 'pass', ...about, message: 'closed', data: { count: endpoints.length } };
  }
}

/** What of an API could not be read, and may hide an open route. */
function* unreadParts({ routes, stages }: HttpApi, about: About): Iterable<Outcome<Message>> {
  if (routes.kind === 'unknown') yield { status: 'unknown', ...about, key: 'routes', reason: routes.reason };
  if (stages.kind === 'unknown') {
    yield { status: 'unknown', ...about, key: 'stages', reason: stages.reason };
    return;
  }
  for (const { name, deployed } of stages.value) {
    if (deployed?.kind !== 'unknown') continue;
    yield { status: 'unknown', ...about, key: `stage ${name}`, reason: deployed.reason };
  }
}

/** A route by its key, `GET /orders`: as it is configured, if it still is, and in the stages that do not deploy by themselves. */
interface Endpoint {
  readonly key: string;
  readonly configured: HttpRoute | undefined;
  readonly deployed: readonly {
    readonly stage: string;
    readonly gap: (audit: RegionAudit) => HttpGap | undefined;
  }[];
}

function endpointsOf({ routes, stages }: HttpApi): Endpoint[] {
  const configured = new Map(routes.kind === 'known' ? routes.value.map(route => [route.key, route]) : []);
  const deployed = (stages.kind === 'known' ? stages.value : []).flatMap(({ name: stage, deployed: of }) =>
    of?.kind === 'known'
      ? of.value.routes.map(route => ({
          key: route.key,
          stage,
          gap: (audit: RegionAudit) => deployedGap(audit, of.value, route),
        }))
      : [],
  );
  const keys = new Set([...configured.keys(), ...deployed.map(({ key }) => key)]);
  return [...keys].sort().map(key => ({
    key,
    configured: configured.get(key),
    deployed: deployed.filter(one => one.key === key),
  }));
}

/** A route once, whether callers meet the gap, or will with the next deployment, or both. */
function* judgeEndpoint(
  audit: RegionAudit,
  api: HttpApi,
  { key, configured, deployed }: Endpoint,
  about: About,
): Iterable<Outcome<Message>> {
  const own = configured && configuredGap(audit, api, configured);
  const live = deployed.flatMap(({ stage, gap }) => {
    const found = gap(audit);
    return found === undefined ? [] : [{ stage, gap: found }];
  });
  const gap = (own !== undefined && deploysItself(api) ? own : live[0]?.gap) ?? own;
  if (gap === undefined) return;
  const stages = live.map(({ stage }) => stage).join(', ');
  const isMended = own === undefined && configured !== undefined;
  const inStages = ` in stage ${stages}${isMended ? ', though it is configured to since (deploy the API)' : ''}`;
  const where = live.length > 0 ? inStages : ' as soon as the API is deployed';
  const data = gapData(gap, key, own !== undefined && deploysItself(api) ? '' : where);
  yield { status: 'fail', ...about, key, message: gap.kind, data };
}

/** Whether callers of some stage meet what is configured; taken for granted of an API whose stages are not known. */
const deploysItself = ({ stages }: HttpApi): boolean =>
  stages.kind === 'unknown' || stages.value.some(({ deployed }) => deployed === undefined);
