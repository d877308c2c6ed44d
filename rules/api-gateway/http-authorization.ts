import {
  type Gap,
  gapData,
  gapMessages,
  isException,
  judgeEndpoints,
} from '../../src/findings/api/tokens.ts';
import { poolsOfApi } from '../../src/findings/cognito/pools.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { httpApiResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { HttpApi, HttpRoute } from '../../src/services/apigatewayv2/facts.ts';
import type { UserPool } from '../../src/services/cognito/facts.ts';

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
    'https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8',
  ],
  frameworks: { fsbp: ['APIGateway.8'], 'nist-800-53-r5': ['AC-3', 'CM-2'] },
  needs: ['apigatewayv2.httpApis', 'cognito.userPools'],
  scope: 'region',
  messages: {
    ...gapMessages,
    audience: '{endpoint} takes tokens for {clients}, which are no clients of the user pool.',
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
    if (api.routes.kind === 'unknown') {
      yield { status: 'unknown', ...about, key: 'routes', reason: api.routes.reason };
      continue;
    }
    const routes = api.routes.value.filter(({ key }) => {
      const [verb = '', path = ''] = key.split(' ');
      return !isException(authorization, verb, path);
    });
    const outcomes = [
      ...unreadStages(api, about),
      ...judgeEndpoints(routes, about, route => judgeRoute(audit, api, route, about)),
    ];
    yield* outcomes;
    if (outcomes.length > 0 || routes.length === 0) continue;
    yield { status: 'pass', ...about, message: 'closed', data: { count: routes.length } };
  }
}

/** A stage that does not deploy by itself may have other routes than the configured ones: an export would tell, which is not read. */
function* unreadStages({ stages }: HttpApi, about: About): Iterable<Outcome<Message>> {
  if (stages.kind === 'unknown') {
    yield { status: 'unknown', ...about, key: 'stages', reason: stages.reason };
    return;
  }
  for (const { name, autoDeploy } of stages.value) {
    if (autoDeploy) continue;
    const reason = { kind: 'not-read', call: 'apigateway:ExportApi' } as const;
    yield { status: 'unknown', ...about, key: `stage ${name}`, reason };
  }
}

function* judgeRoute(
  audit: RegionAudit,
  api: HttpApi,
  route: HttpRoute,
  about: About,
): Iterable<Outcome<Message>> {
  const { key } = route;
  const gap = gapOf(audit, api, route);
  if (gap !== undefined) {
    yield { status: 'fail', ...about, key, message: gap.kind, data: gapData(gap, key, '') };
    return;
  }
  const { issuer, audience = [] } = authorizerOf(api, route) ?? {};
  const pool = poolsOfApi(audit).find(one => issuer === issuerOf(audit, one));
  const clients = pool === undefined ? [] : need(pool.clients).map(({ id }) => id);
  const strangers = audience.filter(client => !clients.includes(client));
  if (strangers.length === 0) return;
  const data = { endpoint: key, clients: strangers.join(', ') };
  yield { status: 'fail', ...about, key, message: 'audience', data };
}

/** Throws UnknownFact. */
function gapOf(audit: RegionAudit, api: HttpApi, route: HttpRoute): Gap | undefined {
  const { authorization, authorizer = '' } = route;
  if (authorization === 'NONE') return { kind: 'open' };
  if (authorization !== 'JWT') return { kind: 'otherAuthorization', authorization };
  const found = authorizerOf(api, route);
  if (found === undefined) return { kind: 'authorizerGone', authorizer };
  const { issuer = found.type } = found;
  const isOurs = poolsOfApi(audit).some(pool => issuer === issuerOf(audit, pool));
  return isOurs ? undefined : { kind: 'foreignPool', pools: issuer };
}

const authorizerOf = ({ authorizers }: HttpApi, { authorizer }: HttpRoute) =>
  need(authorizers).find(({ id }) => id === authorizer);

const issuerOf = ({ region }: RegionAudit, { id }: UserPool): string =>
  `https://cognito-idp.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${id}`;
