import { CreateAuthorizerCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import {
  CreateDeploymentCommand as CreateHttpDeploymentCommand,
  CreateAuthorizerCommand as CreateJwtAuthorizerCommand,
  CreateRouteCommand,
  UpdateStageCommand as UpdateHttpStageCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { LiveAccount } from '../../src/apply/account.ts';
import { demandPermissions } from '../../src/apply/preflight.ts';
import { beginProgress } from '../../src/apply/progress.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import type { PlanOptions } from '../../src/plan/scene.ts';
import { addMethods, redeploy } from '../emulator/accounts/apis.ts';
import { take } from '../snapshot/taking.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { fix, undo } from './live.ts';
import { apisState, buildOpenApis, type OpenApis, setMethod } from './open-apis.ts';
import { findingsOf, planFor } from './planned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

const APIS = /^api-gateway\/(rest|http|stage)-/;
const controls = catalogue.filter(({ id }) => APIS.test(id));
const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];

const on = emulated();
let built: OpenApis;
let prior: unknown;
let plan: Plan;

const look = () => take({ facts }, { pacing: (_, run) => run() });

const planNow = async (
  options: Partial<PlanOptions> = { allowDisruptive: true },
  wanted = APIS,
): Promise<Plan> => planFor(await look(), options, ({ control }) => wanted.test(control));

const bad = async (): Promise<string[]> =>
  findingsOf(await look())
    .filter(({ control, status }) => APIS.test(control) && (status === 'fail' || status === 'unknown'))
    .map(({ control, key, resource }) => `${control} ${key ?? resource.name ?? ''}`);

/** The state, but for which deployments a run has made. */
async function authorization() {
  const { rest, http, logGroups } = await apisState(on.aws);
  const anonymous = <Api extends Awaited<ReturnType<typeof apisState>>['rest' | 'http'][number]>({
    deployments,
    stages,
    ...api
  }: Api) => ({
    ...api,
    deployments: deployments?.length,
    stages: stages?.map(stage => ({ ...stage, deployed: '' })),
  });
  return { logGroups, http: http.map(anonymous), rest: rest.map(anonymous) };
}

beforeEach(async () => {
  built = await buildOpenApis(on.aws);
  prior = await apisState(on.aws);
  plan = await planNow();
});

test('a fix lets every method and route ask for a token, as deployed, has nothing to do again, and is taken back', async () => {
  const path = on.file('whole');
  expect(plan.leftAlone).toEqual([]);
  expect(plan.mends.map(({ title, risk }) => `${title}: ${risk}`).sort()).toEqual([
    'create the log group of the stages of APIs: safe',
    'deploy bare to its stage beta: review',
    'deploy bare to its stage prod: review',
    'deploy securecart-orders to its stage prod: review',
    'let stage bare/$default log who calls what: safe',
    'let stage bare/prod log who calls what: safe',
    'let the methods of bare ask for a token of the user pool: review',
    'let the methods of securecart-orders ask for a token of the user pool: review',
    'let the routes of bare ask for a token of the user pool: review',
    'let the routes of securecart-catalog ask for a token of the user pool: review',
  ]);
  // What names an authorizer that the plan creates cannot be asked for before.
  await demandPermissions(beginProgress(plan, 'run'), on.account);
  expect(await fix(plan, path, on.account)).toEqual(whole);
  expect(await bad()).toEqual([]);
  on.emulator.log.clear();
  const again = await planNow();
  expect({ mends: again.mends, leftAlone: again.leftAlone }).toEqual({ mends: [], leftAlone: [] });
  expect(on.emulator.log.mutating()).toEqual([]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await apisState(on.aws)).toEqual(prior);
}, 180_000);

describe('a deployment', () => {
  test('waits for the user to say so, and what is closed says that it waits', async () => {
    const careful = await planNow({});
    expect(changesOf(careful).map(({ call }) => call.operation)).not.toContain('CreateDeployment');
    expect(
      careful.leftAlone
        .map(({ obstacle, resource }) => `${obstacle} ${resource.type} ${resource.name}`)
        .sort(),
    ).toEqual([
      'disruptive AWS::ApiGateway::Stage bare/prod',
      'disruptive AWS::ApiGateway::Stage securecart-orders/prod',
      'disruptive AWS::ApiGatewayV2::Stage bare/beta',
    ]);
    expect(careful.leftAlone.map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining('POST /refunds (COGNITO_USER_POOLS)'),
    );
    const unfinished = careful.mends.flatMap(({ resource: { name, type }, unfinished = '' }) =>
      type.endsWith('Api') ? [`${name} ${type}: ${unfinished}`] : [],
    );
    const until = (stage: string) => `Callers meet it once the API is deployed to its stage ${stage}.`;
    expect(unfinished.sort()).toEqual([
      `bare AWS::ApiGateway::RestApi: ${until('prod')}`,
      `bare AWS::ApiGatewayV2::Api: ${until('beta')}`,
      `securecart-catalog AWS::ApiGatewayV2::Api: `,
      `securecart-orders AWS::ApiGateway::RestApi: ${until('prod')}`,
    ]);
  });

  test('never opens what is closed to callers', async () => {
    await addMethods(on.aws, built.rest, 'trial', [['GET']]);
    const [left, ...others] = (await planNow({ allowDisruptive: true }, /^api-gateway\/rest-deployment$/))
      .leftAlone;
    expect(left).toMatchObject({ obstacle: 'no-mend', detail: expect.stringContaining('GET /trial') });
    expect(others).toEqual([]);
  });

  test('that is not what was planned gets no stage', async () => {
    const racing = racedAt({ restApiId: built.rest.id }, () =>
      addMethods(on.aws, built.rest, 'trial', [['GET']]),
    );
    const run = await fix(plan, on.file('raced'), racing, { parallel: 1 });
    expect(run.failures).toMatchObject([
      { kind: 'unknown', detail: expect.stringContaining('GET /trial NONE') },
    ]);
    expect(await bad()).toContain('api-gateway/rest-authorization GET /export');
  });

  test('of an HTTP API that opens what nobody planned is told by the audit that follows', async () => {
    const racing = racedAt({ ApiId: built.bareHttp }, () =>
      on.aws.apiGatewayV2.send(new CreateRouteCommand({ ApiId: built.bareHttp, RouteKey: 'GET /trial' })),
    );
    expect(await fix(plan, on.file('raced'), racing, { parallel: 1 })).toEqual(whole);
    expect(await bad()).toEqual(['api-gateway/http-authorization GET /trial']);
  });

  /** The account, in which somebody does something to an API just before it is deployed. */
  const racedAt = (api: Record<string, string>, move: () => Promise<unknown>): LiveAccount => ({
    ...on.account,
    send: async (call, region) => {
      const isOf = Object.entries(api).every(([name, id]) => call.input[name] === id);
      if (call.operation === 'CreateDeployment' && isOf) await move();
      return on.account.send(call, region);
    },
  });
});

describe('when somebody changes, between plan and fix,', () => {
  const moves = [
    {
      name: 'a method',
      move: () => setMethod(on.aws, built.exported, 'AWS_IAM'),
      says: /rest-method .*authorization was "NONE" and is "AWS_IAM"/,
    },
    {
      name: 'the authorizers of a REST API',
      move: () =>
        on.aws.apiGateway.send(
          new CreateAuthorizerCommand({
            restApiId: built.bareRest,
            name: 'securecart-customers',
            type: 'COGNITO_USER_POOLS',
            providerARNs: ['arn:aws:cognito-idp:eu-west-1:999988887777:userpool/eu-west-1_Other'],
          }),
        ),
      says: /rest-authorizer .*should not exist, and does/,
    },
    {
      name: 'what a stage has',
      move: () => redeploy(on.aws, built.rest.id),
      says: /rest-stage .*deployment was/,
    },
    {
      name: 'what a stage of an HTTP API has',
      move: () =>
        on.aws.apiGatewayV2.send(
          new CreateHttpDeploymentCommand({ ApiId: built.bareHttp, StageName: 'beta' }),
        ),
      says: /http-stage .*deployment was/,
    },
    {
      name: 'what a stage logs',
      move: () =>
        on.aws.apiGateway.send(
          new UpdateStageCommand({
            restApiId: built.bareRest,
            stageName: 'prod',
            patchOperations: [{ op: 'replace', path: '/*/*/logging/loglevel', value: 'INFO' }],
          }),
        ),
      says: /rest-stage-logging .*levels gained \*\/\* INFO/,
    },
    {
      name: 'where a stage of an HTTP API logs to',
      move: () =>
        on.aws.apiGatewayV2.send(
          new UpdateHttpStageCommand({
            ApiId: built.bareHttp,
            StageName: '$default',
            AccessLogSettings: { DestinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:theirs' },
          }),
        ),
      says: /http-stage-logging .*accessLog was null and is "arn:.*theirs"/,
    },
    {
      name: 'a route',
      move: () =>
        on.aws.apiGatewayV2.send(
          new UpdateRouteCommand({ ApiId: built.http, RouteId: built.route, AuthorizationType: 'AWS_IAM' }),
        ),
      says: /http-route .*authorization was "NONE" and is "AWS_IAM"/,
    },
    {
      name: 'the authorizers of an HTTP API',
      move: () =>
        on.aws.apiGatewayV2.send(
          new CreateJwtAuthorizerCommand({
            ApiId: built.bareHttp,
            Name: 'securecart-customers',
            AuthorizerType: 'JWT',
            IdentitySource: ['$request.header.Authorization'],
            JwtConfiguration: { Issuer: 'https://accounts.example.com', Audience: ['other'] },
          }),
        ),
      says: /http-authorizer .*should not exist, and does/,
    },
  ];
  test.each(moves)('$name, nothing is touched', async ({ move, says }) => {
    await move();
    await demandStale(on, plan, says);
  });
});

test.each(['before', 'after'] as const)(
  'a fix that is killed %s any call is finished by resume, and taken back by undo',
  when => killEach(on, plan, when, { state: () => apisState(on.aws), finished: authorization }),
  600_000,
);

test.each(Object.entries(effects))(
  'a fix that is %s at a call ends truly, and is taken back',
  async (_, effect) => spoilEach(on.emulator, plan, effect, () => apisState(on.aws)),
  600_000,
);
