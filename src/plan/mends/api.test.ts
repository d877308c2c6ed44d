import { describe, expect, test } from 'vitest';
import { planFor } from '../../../test/apply/planned.ts';
import { OWNER, REGION } from '../../../test/builders/place.ts';
import { deployment, httpApi, known, method, restApi } from '../../../test/builders/protection.ts';
import { type Facts, shop } from '../../../test/builders/shop.ts';
import { snapshotOfShop } from '../../../test/builders/snapshot.ts';
import type { RestApi, RestStage } from '../../services/apigateway/facts.ts';
import type { HttpApi, HttpRoute } from '../../services/apigatewayv2/facts.ts';
import type { PlanOptions } from '../scene.ts';

interface Case {
  readonly given: (facts: Facts) => void;
  readonly options?: Partial<PlanOptions>;
  /** The key of a finding that nobody asks to mend. */
  readonly except?: string;
  /** The operations of each mend. */
  readonly mends?: readonly string[];
  readonly leaves?: readonly RegExp[];
}

const testCases = (cases: Record<string, Case>) =>
  test.each(Object.entries(cases))('%s', (_, { given, options, except, mends = [], leaves = [] }) => {
    const facts = shop();
    given(facts);
    const plan = planFor(snapshotOfShop(facts), options, ({ key }) => except === undefined || key !== except);
    const ofApis = (item: { for: readonly { control: string }[] }) =>
      item.for.some(({ control }) => control.startsWith('api-gateway/'));
    expect({
      mends: plan.mends.filter(ofApis).map(({ changes }) => changes.map(({ call }) => call.operation).join()),
      leaves: plan.leftAlone.filter(ofApis).map(({ obstacle, detail }) => `${obstacle}: ${detail}`),
    }).toEqual({ mends, leaves: leaves.map(text => expect.stringMatching(text)) });
  });

const disruptive = { allowDisruptive: true };
const managed = { tags: { 'aws:cloudformation:stack-name': 'shop' } };
const withoutPool = (facts: Facts) => {
  facts['cognito.userPools'] = [];
};
/** As many authorizers as are asked for, none of the baseline's pool, the first by a name. */
const strangers = <Authorizer>(count: number, name: string, make: (id: string, name: string) => Authorizer) =>
  known(Array.from({ length: count }, (_, n) => make(`other${n}`, n === 0 ? name : `other${n}`)));

const NO_POOL = /^no-mend: There is no user pool securecart-customers: securecart apply creates it\.$/;
const QUOTA = /^quota: It has 10 authorizers already, and none for the user pool\.$/;
const NAMESAKE =
  /^ambiguous: Its authorizer securecart-customers does not take the tokens of the user pool alone/;
const MANAGED = /^managed: It belongs to CloudFormation stack shop, .* pass --include-managed\.$/;
const OPENS =
  /^no-mend: To deploy the API would open GET \/trial: let it ask for a token first, or take it back\.$/;
const PENDING = /^disruptive: A deployment publishes every pending change of the API: .*--allow-disruptive/;

describe('a REST API', () => {
  const OPEN = 'GET /orders NONE';
  const stage = (change: Partial<RestStage> = {}): RestStage => ({
    name: 'prod',
    deployments: ['dep1'],
    accessLog: 'arn:log',
    executionLogs: [{ method: '*/*', level: 'ERROR' }],
    ...change,
  });
  const api =
    (change: Partial<RestApi> = {}) =>
    (facts: Facts): void => {
      const open = { methods: known([method(OPEN)]), deployments: [deployment([OPEN])] };
      facts['apigateway.restApis'] = [restApi({ ...open, stages: known([stage()]), ...change })];
    };
  const authorizers = (count: number, name: string) =>
    strangers(count, name, (id, name) => ({
      id,
      name,
      type: 'COGNITO_USER_POOLS',
      userPools: [`arn:aws:cognito-idp:${REGION}:${OWNER}:userpool/${REGION}_Other`],
    }));
  const whole = ['UpdateMethod', 'CreateDeployment,UpdateStage'];

  testCases({
    'has the authorizer already': { given: api(), options: disruptive, mends: whole },
    'is deployed when the user says so': { given: api(), mends: ['UpdateMethod'], leaves: [PENDING] },
    'has no authorizer': {
      given: api({ authorizers: known([]) }),
      options: disruptive,
      mends: ['CreateAuthorizer,UpdateMethod', 'CreateDeployment,UpdateStage'],
    },
    'has no user pool to ask: nothing is deployed for that': {
      given: facts => {
        api({ authorizers: known([]) })(facts);
        withoutPool(facts);
      },
      options: disruptive,
      leaves: [NO_POOL],
    },
    'has all the authorizers that it may': {
      given: api({ authorizers: authorizers(10, 'other0') }),
      options: disruptive,
      leaves: [QUOTA],
    },
    'has an authorizer of the name, of others': {
      given: api({ authorizers: authorizers(1, 'securecart-customers') }),
      options: disruptive,
      leaves: [NAMESAKE],
    },
    'is CloudFormation’s': { given: api(managed), options: disruptive, leaves: [MANAGED] },
    'is CloudFormation’s, and the user says that it may be changed': {
      given: api(managed),
      options: { ...disruptive, includeManaged: true },
      mends: whole,
    },
    'has a canary on its stage': {
      given: api({
        stages: known([stage({ deployments: ['dep1', 'dep2'] })]),
        deployments: [deployment([OPEN]), deployment([OPEN], 'dep2')],
      }),
      options: disruptive,
      mends: ['UpdateMethod'],
      leaves: [/^no-mend: It has a canary release: promote it or end it/],
    },
    'has a pending method that a deployment would open': {
      given: api({ methods: known([method(OPEN), { ...method('GET /trial NONE'), resource: 'trial' }]) }),
      options: disruptive,
      except: 'GET /trial',
      mends: ['UpdateMethod'],
      leaves: [OPENS],
    },
  });
});

describe('an HTTP API', () => {
  const OPEN: HttpRoute = { id: 'route1', key: 'GET /orders', authorization: 'NONE' };
  const CLOSED: HttpRoute = { ...OPEN, authorization: 'JWT', authorizer: 'jwt1' };
  const api =
    (change: Partial<HttpApi> = {}) =>
    (facts: Facts): void => {
      facts['apigateway.restApis'] = [];
      facts['apigatewayv2.httpApis'] = [httpApi({ routes: known([OPEN]), ...change })];
    };
  const authorizers = (count: number, name: string) =>
    strangers(count, name, (id, name) => ({
      id,
      name,
      type: 'JWT',
      issuer: 'https://accounts.example.com',
      audience: ['other'],
    }));
  /** A stage that has the route open, and deploys only when it is told to. */
  const staged = (routes: readonly HttpRoute[]): Partial<HttpApi> => ({
    routes: known([...routes]),
    stages: known([
      {
        name: 'prod',
        accessLog: 'arn:log',
        deployment: 'dep1',
        deployed: known({ routes: [{ key: OPEN.key, authorization: 'NONE' }], authorizers: [] }),
      },
    ]),
  });
  const TRIAL: HttpRoute = { ...OPEN, id: 'route2', key: 'GET /trial' };

  testCases({
    'has the authorizer already': { given: api(), mends: ['UpdateRoute'] },
    'has no authorizer': { given: api({ authorizers: known([]) }), mends: ['CreateAuthorizer,UpdateRoute'] },
    'has no user pool to ask': {
      given: facts => {
        api({ authorizers: known([]) })(facts);
        withoutPool(facts);
      },
      leaves: [NO_POOL],
    },
    'has a user pool without a client of the baseline’s': {
      given: facts => {
        api({ authorizers: known([]) })(facts);
        facts['cognito.userPools'] = facts['cognito.userPools'].map(pool => ({
          ...pool,
          clients: known([]),
        }));
      },
      leaves: [/^no-mend: None of the clients of user pool securecart-customers is one of the baseline's\.$/],
    },
    'has all the authorizers that it may': {
      given: api({ authorizers: authorizers(10, 'other0') }),
      leaves: [QUOTA],
    },
    'has an authorizer of the name, of others': {
      given: api({ authorizers: authorizers(1, 'securecart-customers') }),
      leaves: [NAMESAKE],
    },
    'is CloudFormation’s': { given: api(managed), leaves: [MANAGED] },
    'is CloudFormation’s, and the user says that it may be changed': {
      given: api(managed),
      options: { includeManaged: true },
      mends: ['UpdateRoute'],
    },
    'has a stage that is deployed when the user says so': {
      given: api(staged([OPEN])),
      mends: ['UpdateRoute'],
      leaves: [PENDING],
    },
    'has a stage that does not deploy by itself': {
      given: api(staged([OPEN])),
      options: disruptive,
      mends: ['UpdateRoute', 'CreateDeployment,UpdateStage'],
    },
    'has a stage that lacks only the deployment': {
      given: api(staged([CLOSED])),
      options: disruptive,
      mends: ['CreateDeployment,UpdateStage'],
    },
    'has a stage, and no user pool to ask: nothing is deployed for that': {
      given: facts => {
        api({ ...staged([OPEN]), authorizers: known([]) })(facts);
        withoutPool(facts);
      },
      options: disruptive,
      leaves: [NO_POOL],
    },
    'has a pending route that a deployment would open': {
      given: api(staged([CLOSED, TRIAL])),
      options: disruptive,
      except: 'GET /trial',
      leaves: [OPENS],
    },
    'has a pending change of others, which is told': {
      given: api(staged([CLOSED, { ...CLOSED, id: 'route2', key: 'GET /new' }])),
      leaves: [/: the authorization of GET \/new \(JWT\), GET \/orders \(JWT\), and whatever else/],
    },
  });
});

test('nobody but people mends a WebSocket API', () => {
  const facts = shop();
  facts['apigatewayv2.webSocketApis'] = [{ id: 'ws1', name: 'updates', connect: known('NONE') }];
  const { mends, leftAlone } = planFor(snapshotOfShop(facts), disruptive);
  expect({ mends, leftAlone }).toMatchObject({
    mends: [],
    leftAlone: [{ obstacle: 'no-mend', resource: { id: 'ws1' } }],
  });
});
