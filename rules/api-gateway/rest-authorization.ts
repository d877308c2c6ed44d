import { configuredGap, deployedGap, gapByType, methodName } from '../../src/findings/api/rest.ts';
import {
  type Gap,
  gapData,
  gapMessages,
  isException,
  judgeEndpoints,
} from '../../src/findings/api/tokens.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { restApiResource } from '../../src/findings/entry-resources.ts';
import type { DeployedMethod, Deployment, RestApi, RestMethod } from '../../src/services/apigateway/facts.ts';

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

/** A method by its name: as it is configured, if it still is, and in the stages that have it. */
interface Endpoint {
  readonly name: string;
  readonly configured: RestMethod | undefined;
  readonly deployed: readonly DeployedEndpoint[];
}

interface DeployedEndpoint {
  readonly stage: string;
  readonly deployment: Deployment;
  readonly method: DeployedMethod;
}

function endpointsOf(api: RestApi, isException: (verb: string, path: string) => boolean): Endpoint[] {
  const configured = new Map(
    api.methods.kind === 'known' ? api.methods.value.map(method => [methodName(method), method]) : [],
  );
  const deployed = deployedEndpoints(api);
  const all = [...configured.values(), ...deployed.map(({ method }) => method)];
  const names = new Set(all.filter(({ verb, path }) => !isException(verb, path)).map(methodName));
  return [...names].sort().map(name => ({
    name,
    configured: configured.get(name),
    deployed: deployed.filter(({ method }) => methodName(method) === name),
  }));
}

/** The methods that callers meet, stage by stage. */
function deployedEndpoints({ stages, deployments }: RestApi): DeployedEndpoint[] {
  if (stages.kind === 'unknown') return [];
  return stages.value.flatMap(stage =>
    deployments
      .filter(({ id }) => stage.deployments.includes(id))
      .flatMap(deployment =>
        deployment.methods.kind === 'known'
          ? deployment.methods.value.map(method => ({ stage: stage.name, deployment, method }))
          : [],
      ),
  );
}

/** A method once, whether callers meet the gap, or will with the next deployment, or both. */
function* judgeEndpoint(
  audit: RegionAudit,
  api: RestApi,
  endpoint: Endpoint,
  about: About,
): Iterable<Outcome<Message>> {
  const { name, configured } = endpoint;
  // What authorizes nothing is told even where the authorizers of others are not known.
  const own = configured && gapByType(configured);
  const byType = liveGaps(endpoint, ({ method }) => gapByType(method));
  const live =
    own === undefined && byType.length === 0
      ? liveGaps(endpoint, ({ deployment, method }) => deployedGap(audit, deployment, method))
      : byType;
  const [first] = live;
  if (first === undefined) {
    const gap = own ?? (configured && configuredGap(audit, api, configured));
    if (gap === undefined) return;
    const data = gapData(gap, name, ' as soon as the API is deployed');
    yield { status: 'fail', ...about, key: name, message: gap.kind, data };
    return;
  }
  const stages = [...new Set(live.map(({ stage }) => stage))].join(', ');
  const isMended =
    configured !== undefined &&
    own === undefined &&
    (byType.length > 0 ||
      (api.authorizers.kind === 'known' && configuredGap(audit, api, configured) === undefined));
  const where = ` in stage ${stages}${isMended ? ', though it is configured to since (deploy the API)' : ''}`;
  const gap = live.find(({ gap }) => gap.kind === 'open')?.gap ?? first.gap;
  yield { status: 'fail', ...about, key: name, message: gap.kind, data: gapData(gap, name, where) };
}

const liveGaps = (
  { deployed }: Endpoint,
  gapOf: (one: DeployedEndpoint) => Gap | undefined,
): { stage: string; gap: Gap }[] =>
  deployed.flatMap(one => {
    const gap = gapOf(one);
    return gap === undefined ? [] : [{ stage: one.stage, gap }];
  });
