import {
  type Gap,
  gapData,
  gapMessages,
  isException,
  judgeEndpoints,
} from '../../src/findings/api/tokens.ts';
import { poolsOfApi } from '../../src/findings/cognito/pools.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { restApiResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { DeployedMethod, RestApi, RestMethod } from '../../src/services/apigateway/facts.ts';

export default defineControl({
  id: 'api-gateway/rest-authorization',
  title:
    "Every method of every REST API asks for a token of the baseline's user pools, as it is deployed and as it is configured",
  severity: 'high',
  rationale:
    'An authorizer that exists protects nothing until a method uses it, and a method that uses it protects nothing until it is deployed. Until then anyone who finds the path reads the order history of every customer.',
  remediation:
    'Create an authorizer of type COGNITO_USER_POOLS with the pool of the baseline, set it on the method, and deploy the API: callers meet no change before that. A deployment publishes every pending change of the API.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html',
    'https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSnapshot.html',
  ],
  frameworks: {},
  needs: ['apigateway.restApis', 'cognito.userPools'],
  scope: 'region',
  messages: { ...gapMessages, closed: 'Each of its {count} methods asks for a token.' },
  evaluate: judgeRestApis,
});

type Message = keyof typeof gapMessages | 'closed';

function* judgeRestApis(audit: RegionAudit): Iterable<Outcome<Message>> {
  const { authorization } = audit.baseline.api;
  const row = { id: authorization.id, origin: authorization.origin };
  for (const api of audit.value('apigateway.restApis')) {
    const about = { resource: restApiResource(audit, api), row, severity: authorization.severity };
    const endpoints = endpointsOf(api, (verb, path) => isException(authorization, verb, path));
    const outcomes = [
      ...unreadParts(api, about),
      ...judgeEndpoints(endpoints, about, endpoint => judgeEndpoint(audit, api, endpoint, about)),
    ];
    yield* outcomes;
    if (outcomes.length > 0 || endpoints.length === 0) continue;
    yield { status: 'pass', ...about, message: 'closed', data: { count: endpoints.length } };
  }
}

type About = Pick<Outcome, 'resource' | 'row' | 'severity'>;

/** What of an API could not be read, and may hide an open method. */
function* unreadParts({ methods, stages, deployments }: RestApi, about: About): Iterable<Outcome<Message>> {
  if (methods.kind === 'unknown')
    yield { status: 'unknown', ...about, key: 'methods', reason: methods.reason };
  if (stages.kind === 'unknown') yield { status: 'unknown', ...about, key: 'stages', reason: stages.reason };
  for (const { id, methods } of deployments) {
    if (methods.kind === 'unknown') {
      yield { status: 'unknown', ...about, key: `deployment ${id}`, reason: methods.reason };
    }
  }
}

/** A method by its name, `GET /orders`: as it is configured, if it still is, and in the stages that have it. */
interface Endpoint {
  readonly name: string;
  readonly configured: RestMethod | undefined;
  readonly deployed: readonly { readonly stage: string; readonly method: DeployedMethod }[];
}

function endpointsOf(api: RestApi, isException: (verb: string, path: string) => boolean): Endpoint[] {
  const configured = new Map(
    api.methods.kind === 'known' ? api.methods.value.map(method => [nameOf(method), method]) : [],
  );
  const deployed = deployedMethods(api);
  const all = [...configured.values(), ...deployed.map(({ method }) => method)];
  const names = new Set(all.filter(({ verb, path }) => !isException(verb, path)).map(nameOf));
  return [...names].sort().map(name => ({
    name,
    configured: configured.get(name),
    deployed: deployed.filter(({ method }) => nameOf(method) === name),
  }));
}

const nameOf = ({ verb, path }: DeployedMethod): string => `${verb} ${path}`;

/** The methods that callers meet, stage by stage. */
function deployedMethods({ stages, deployments }: RestApi): { stage: string; method: DeployedMethod }[] {
  if (stages.kind === 'unknown') return [];
  return stages.value.flatMap(stage =>
    deployments
      .filter(({ id }) => stage.deployments.includes(id))
      .flatMap(({ methods }) => (methods.kind === 'known' ? methods.value : []))
      .map(method => ({ stage: stage.name, method })),
  );
}

/** A method once, whether callers meet the gap, or will with the next deployment, or both. */
function* judgeEndpoint(
  audit: RegionAudit,
  api: RestApi,
  { name, configured, deployed }: Endpoint,
  about: About,
): Iterable<Outcome<Message>> {
  const live = deployed.flatMap(({ stage, method }) => {
    const gap = gapByType(method.authorization);
    return gap === undefined ? [] : [{ stage, gap }];
  });
  const own = configured === undefined ? undefined : gapByType(configured.authorization);
  const [first] = live;
  if (first !== undefined) {
    const stages = [...new Set(live.map(({ stage }) => stage))].join(', ');
    const isMended = own === undefined && configured !== undefined;
    const where = ` in stage ${stages}${isMended ? ', though it is configured to since (deploy the API)' : ''}`;
    const gap = live.find(({ gap }) => gap.kind === 'open')?.gap ?? first.gap;
    yield { status: 'fail', ...about, key: name, message: gap.kind, data: gapData(gap, name, where) };
    return;
  }
  const gap = own ?? (configured && gapByAuthorizer(audit, api, configured));
  if (gap === undefined) return;
  const where = deployed.length === 0 || own !== undefined ? ' as soon as the API is deployed' : '';
  yield { status: 'fail', ...about, key: name, message: gap.kind, data: gapData(gap, name, where) };
}

function gapByType(authorization: string): Gap | undefined {
  if (authorization === 'COGNITO_USER_POOLS') return undefined;
  return authorization === 'NONE' ? { kind: 'open' } : { kind: 'otherAuthorization', authorization };
}

/** Throws UnknownFact. */
function gapByAuthorizer(audit: RegionAudit, api: RestApi, { authorizer = '' }: RestMethod): Gap | undefined {
  const found = need(api.authorizers).find(({ id }) => id === authorizer);
  if (found === undefined) return { kind: 'authorizerGone', authorizer };
  if (found.type !== 'COGNITO_USER_POOLS') return { kind: 'otherAuthorization', authorization: found.type };
  // A pool's id is unique in its Region, whoever owns it.
  const pools = poolsOfApi(audit).map(({ id }) => id);
  const foreign = found.userPools.filter(arn => !pools.some(id => arn.endsWith(`:userpool/${id}`)));
  return foreign.length === 0 ? undefined : { kind: 'foreignPool', pools: foreign.join(', ') };
}
