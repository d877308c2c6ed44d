import type { HttpApi } from '../../src/services/apigatewayv2/facts.ts';
import { CLIENT, HTTP_API, httpApi, ISSUER, known, refused } from '../../test/builders/protection.ts';
import { type Facts, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import httpAuthorization from './http-authorization.ts';

const api =
  (change: Partial<HttpApi> = {}) =>
  (facts: Facts): void => {
    facts['apigatewayv2.httpApis'] = [httpApi(change)];
  };
const route = (key: string, authorization = 'JWT') => ({
  id: key,
  key,
  authorization,
  ...(authorization === 'NONE' ? {} : { authorizer: 'jwt1' }),
});
const jwt = (issuer: string, ...audience: string[]) =>
  known([{ id: 'jwt1', name: 'customers', type: 'JWT', issuer, audience }]);
/** A stage that does not deploy by itself, with routes by their words: `GET /orders NONE`. */
const staged = (words: readonly string[], issuer = ISSUER) => ({
  name: 'prod',
  deployed: known({
    routes: words.map(text => {
      const [verb = '', path = '', authorization = 'JWT'] = text.split(' ');
      const key = `${verb} ${path}`;
      return { key, authorization, ...(authorization === 'JWT' && { authorizer: 'customers' }) };
    }),
    authorizers: [{ name: 'customers', type: 'JWT', issuer, audience: [CLIENT] }],
  }),
});
const fail = (key: string, message: string) => ({
  status: 'fail' as const,
  resource: HTTP_API,
  key,
  message,
});

testControl(httpAuthorization, {
  'every route asks for a token': {
    given: api(),
    expect: [{ status: 'pass', resource: HTTP_API, message: 'Each of its 1 routes asks for a token.' }],
  },
  'an authorizer exists, and the route of all that is left does not use it': {
    given: api({
      routes: known([route('$default', 'NONE'), route('GET /orders'), route('OPTIONS /orders', 'NONE')]),
    }),
    expect: [fail('$default', '$default asks for no token: anyone on the internet can call it.')],
  },
  'a route is authorized by IAM': {
    given: api({ routes: known([route('GET /orders', 'AWS_IAM')]) }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders is authorized by AWS_IAM: a customer who is signed in is not who it asks for.',
      ),
    ],
  },
  'the authorizer trusts an issuer where anyone signs up': {
    given: api({ authorizers: jwt('https://accounts.example.com', CLIENT) }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders takes the tokens of https://accounts.example.com, whose users are not the customers of the baseline.',
      ),
    ],
  },
  'the audience is a client that the pool does not have': {
    given: api({ authorizers: jwt(ISSUER, CLIENT, 'client9') }),
    expect: [
      fail('GET /orders', 'GET /orders takes tokens for client9, which are no clients of the user pool.'),
    ],
  },
  'the authorizer is gone': {
    given: api({ authorizers: known([]) }),
    expect: [fail('GET /orders', 'GET /orders names the authorizer jwt1, which the API does not have.')],
  },
  'a stage does not deploy by itself, and what is deployed is behind the pool too': {
    given: api({ stages: known([staged(['GET /orders'])]) }),
    expect: [{ status: 'pass', resource: HTTP_API }],
  },
  'a route was closed, and the stage does not deploy by itself': {
    given: api({ stages: known([staged(['GET /orders NONE'])]) }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders asks for no token in stage prod, though it is configured to since (deploy the API): anyone on the internet can call it.',
      ),
    ],
  },
  'a route was opened, and the stage does not deploy by itself': {
    given: api({
      routes: known([route('GET /orders', 'NONE')]),
      stages: known([staged(['GET /orders'])]),
    }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders asks for no token as soon as the API is deployed: anyone on the internet can call it.',
      ),
    ],
  },
  'a route is open in the stage that deploys by itself, and closed in the other': {
    given: api({
      routes: known([route('GET /orders', 'NONE')]),
      stages: known([{ name: '$default' }, staged(['GET /orders'])]),
    }),
    expect: [fail('GET /orders', 'GET /orders asks for no token: anyone on the internet can call it.')],
  },
  'the authorizer trusted another issuer when the stage was deployed': {
    given: api({ stages: known([staged(['GET /orders'], 'https://accounts.example.com')]) }),
    expect: [
      fail(
        'GET /orders',
        'GET /orders takes the tokens of https://accounts.example.com in stage prod, though it is configured to since (deploy the API), whose users are not the customers of the baseline.',
      ),
    ],
  },
  'what a stage has could not be read': {
    given: api({ stages: known([{ name: 'prod', deployed: refused('apigateway:ExportApi') }]) }),
    expect: [{ status: 'unknown', resource: HTTP_API, key: 'stage prod' }],
  },
  'the stages could not be read': {
    given: api({ stages: refused('apigateway:GetStages') }),
    expect: [{ status: 'unknown', resource: HTTP_API, key: 'stages' }],
  },
  'the routes of one API could not be read, those of another could': {
    given: facts => {
      facts['apigatewayv2.httpApis'] = [
        httpApi(),
        httpApi({ id: 'http2', routes: refused('apigateway:GetRoutes') }),
      ];
    },
    expect: [
      { status: 'pass', resource: HTTP_API },
      { status: 'unknown', resource: 'http2', key: 'routes' },
    ],
  },
  'without the authorizers an open route is open all the same': {
    given: api({
      routes: known([route('GET /orders'), route('POST /orders', 'NONE')]),
      authorizers: refused('apigateway:GetAuthorizers'),
    }),
    expect: [
      fail('POST /orders', 'POST /orders asks for no token: anyone on the internet can call it.'),
      { status: 'unknown', resource: HTTP_API, key: 'apigateway:GetAuthorizers' },
    ],
  },
  'no HTTP API': { expect: [{ status: 'not-applicable', resource: REGION }] },
});
