import type { RestApi } from '../../src/services/apigateway/facts.ts';
import {
  deployment,
  known,
  method,
  POOL_ARN,
  REST_API,
  refused,
  restApi,
} from '../../test/builders/protection.ts';
import { type Facts, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import restAuthorization from './rest-authorization.ts';

const api =
  (change: Partial<RestApi>) =>
  (facts: Facts): void => {
    facts['apigateway.restApis'] = [restApi(change)];
  };
const methods = (...words: string[]) => known(words.map(method));
const live = (...words: string[]) => [deployment(words)];
/** The same methods as configured and as deployed. */
const both = (...words: string[]) => ({ methods: methods(...words), deployments: live(...words) });
const fail = (key: string, message: string) => ({
  status: 'fail' as const,
  resource: REST_API,
  key,
  message,
});
const authorizer = (type: string, ...userPools: string[]) =>
  known([{ id: 'auth1', name: 'customers', type, userPools }]);
const foreign = `arn:aws:cognito-idp:${REGION}:999988887777:userpool/${REGION}_Other`;

testControl(restAuthorization, {
  'every method but OPTIONS asks for a token': {
    expect: [{ status: 'pass', resource: REST_API, message: 'Each of its 2 methods asks for a token.' }],
  },
  'an authorizer exists, and two methods do not use it': {
    given: api(both('GET /orders', 'POST /orders NONE', 'ANY /{proxy+} NONE')),
    expect: [
      fail(
        'ANY /{proxy+}',
        'ANY /{proxy+} asks for no token in stage prod: anyone on the internet can call it.',
      ),
      fail(
        'POST /orders',
        'POST /orders asks for no token in stage prod: anyone on the internet can call it.',
      ),
    ],
  },
  'a method was closed and not deployed': {
    given: api({ methods: methods('GET /orders'), deployments: live('GET /orders NONE') }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders asks for no token in stage prod, though it is configured to since (deploy the API): anyone on the internet can call it.',
      ),
    ],
  },
  'a method was opened and not deployed': {
    given: api({ methods: methods('GET /orders NONE'), deployments: live('GET /orders') }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders asks for no token as soon as the API is deployed: anyone on the internet can call it.',
      ),
    ],
  },
  'a method was deleted and not deployed': {
    given: api({ methods: methods('GET /orders'), deployments: live('GET /orders', 'GET /old NONE') }),
    expect: [
      fail('GET /old', 'GET /old asks for no token in stage prod: anyone on the internet can call it.'),
    ],
  },
  'a method is authorized by IAM, another by a function': {
    given: api(both('GET /orders AWS_IAM', 'POST /orders CUSTOM')),
    expect: [
      fail(
        'GET /orders',
        'GET /orders is authorized by AWS_IAM in stage prod: a customer who is signed in is not who it asks for.',
      ),
      fail(
        'POST /orders',
        'POST /orders is authorized by CUSTOM in stage prod: a customer who is signed in is not who it asks for.',
      ),
    ],
  },
  'the authorizer takes the tokens of another pool as well': {
    given: api({
      methods: methods('GET /orders'),
      authorizers: authorizer('COGNITO_USER_POOLS', POOL_ARN, foreign),
      deployments: [deployment(['GET /orders'], 'dep1', [POOL_ARN, foreign])],
    }),
    expect: [
      fail(
        'GET /orders',
        `GET /orders takes the tokens of ${foreign} in stage prod, whose users are not the customers of the baseline.`,
      ),
    ],
  },
  'the authorizer took the tokens of another pool when it was deployed': {
    given: api({
      methods: methods('GET /orders'),
      deployments: [deployment(['GET /orders'], 'dep1', [foreign])],
    }),
    expect: [
      fail(
        'GET /orders',
        `GET /orders takes the tokens of ${foreign} in stage prod, though it is configured to since (deploy the API), whose users are not the customers of the baseline.`,
      ),
    ],
  },
  'the authorizer takes the tokens of another pool since, and is not deployed': {
    given: api({ ...both('GET /orders'), authorizers: authorizer('COGNITO_USER_POOLS', foreign) }),
    expect: [
      fail(
        'GET /orders',
        `GET /orders takes the tokens of ${foreign} as soon as the API is deployed, whose users are not the customers of the baseline.`,
      ),
    ],
  },
  'the export could not be read, and an open method is open all the same': {
    given: api({
      methods: methods('GET /orders', 'POST /orders NONE'),
      deployments: [
        { ...deployment(['GET /orders', 'POST /orders NONE']), authorizers: refused('apigateway:GetExport') },
      ],
    }),
    expect: [
      fail(
        'POST /orders',
        'POST /orders asks for no token in stage prod: anyone on the internet can call it.',
      ),
      { status: 'unknown', resource: REST_API, key: 'apigateway:GetExport' },
    ],
  },
  'the export does not name the authorizer of a method': {
    given: api({
      methods: methods('GET /orders'),
      deployments: [{ ...deployment(['GET /orders']), authorizers: known([]) }],
    }),
    expect: [{ status: 'unknown', resource: REST_API, key: 'apigateway:GetExport' }],
  },
  'the authorizer is gone': {
    given: api({ ...both('GET /orders'), authorizers: known([]) }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders names the authorizer auth1 as soon as the API is deployed, which the API does not have.',
      ),
    ],
  },
  'a method is public on purpose': {
    given: api(both('GET /orders', 'GET /health NONE')),
    baseline: baseline => ({
      ...baseline,
      api: {
        ...baseline.api,
        authorization: {
          ...baseline.api.authorization,
          exceptRoutes: [{ route: 'GET /health', because: 'The load test asks it.' }],
        },
      },
    }),
    expect: [{ status: 'pass', resource: REST_API }],
  },
  'the methods could not be read, and a deployed one is open': {
    given: api({ methods: refused('apigateway:GetResources'), deployments: live('GET /orders NONE') }),
    expect: [
      fail('GET /orders', 'GET /orders asks for no token in stage prod: anyone on the internet can call it.'),
      { status: 'unknown', resource: REST_API, key: 'methods' },
    ],
  },
  'the deployment could not be read': {
    given: api({ deployments: [{ ...deployment([]), methods: refused('apigateway:GetDeployment') }] }),
    expect: [{ status: 'unknown', resource: REST_API, key: 'deployment dep1' }],
  },
  'the stages could not be read': {
    given: api({ stages: refused('apigateway:GetStages'), deployments: [] }),
    expect: [{ status: 'unknown', resource: REST_API, key: 'stages' }],
  },
  'without the authorizers an open method is open all the same': {
    given: api({
      ...both('GET /orders', 'POST /orders NONE'),
      authorizers: refused('apigateway:GetAuthorizers'),
    }),
    expect: [
      fail(
        'POST /orders',
        'POST /orders asks for no token in stage prod: anyone on the internet can call it.',
      ),
      { status: 'unknown', resource: REST_API, key: 'apigateway:GetAuthorizers' },
    ],
  },
  'without the user pools nobody knows whose tokens are taken': {
    denied: ['cognito.userPools'],
    expect: [{ status: 'unknown', resource: REST_API, key: 'cognito.userPools' }],
  },
  'no REST API': {
    given: facts => {
      facts['apigateway.restApis'] = [];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
