import { deployment, known, POOL_ARN, REST_API, refused, restApi } from '../../test/builders/protection.ts';
import { REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import restDeployment from './rest-deployment.ts';

const STAGE = `${REST_API}/prod`;
const stage = (name: string, ...deployments: string[]) => ({ name, deployments, executionLogs: [] });
const current = ['GET /orders', 'OPTIONS /orders NONE', 'POST /orders'];

testControl(restDeployment, {
  'what is configured is deployed': {
    expect: [
      {
        status: 'pass',
        resource: STAGE,
        message: 'The stage has the authorization that is configured.',
      },
    ],
  },
  'a method was closed, one added and one deleted since': {
    given: facts => {
      facts['apigateway.restApis'] = [
        restApi({
          deployments: [deployment(['GET /orders NONE', 'OPTIONS /orders NONE', 'GET /old'], 'dep1')],
        }),
      ];
    },
    expect: [
      {
        status: 'fail',
        resource: STAGE,
        message:
          'The stage does not have the authorization that is configured: GET /old is COGNITO_USER_POOLS and not gone; GET /orders is NONE and not COGNITO_USER_POOLS; POST /orders is not there and not COGNITO_USER_POOLS.',
      },
    ],
  },
  'a canary has another deployment': {
    given: facts => {
      facts['apigateway.restApis'] = [
        restApi({
          stages: known([stage('prod', 'dep1', 'dep2')]),
          deployments: [deployment(current), deployment(['GET /orders', 'OPTIONS /orders NONE'], 'dep2')],
        }),
      ];
    },
    expect: [
      {
        status: 'fail',
        resource: STAGE,
        message:
          'The stage does not have the authorization that is configured: POST /orders is not there and not COGNITO_USER_POOLS.',
      },
    ],
  },
  'the authorizer took the tokens of another pool when it was deployed': {
    given: facts => {
      facts['apigateway.restApis'] = [restApi({ deployments: [deployment(current, 'dep1', ['arn:other'])] })];
    },
    expect: [
      {
        status: 'fail',
        resource: STAGE,
        message: `The stage does not have the authorization that is configured: GET /orders is authorized by arn:other and not by ${POOL_ARN}; POST /orders is authorized by arn:other and not by ${POOL_ARN}.`,
      },
    ],
  },
  'the export could not be read': {
    given: facts => {
      const unread = { ...deployment(current), authorizers: refused('apigateway:GetExport') };
      facts['apigateway.restApis'] = [restApi({ deployments: [unread] })];
    },
    expect: [{ status: 'unknown', resource: STAGE }],
  },
  'a stage without a deployment': {
    given: facts => {
      facts['apigateway.restApis'] = [restApi({ stages: known([stage('prod')]), deployments: [] })];
    },
    expect: [
      {
        status: 'not-applicable',
        resource: STAGE,
        message: 'The stage has no deployment: there is nothing to call.',
      },
    ],
  },
  'one of two stages has a deployment that could not be read': {
    given: facts => {
      facts['apigateway.restApis'] = [
        restApi({
          stages: known([stage('prod', 'dep1'), stage('test', 'dep2')]),
          deployments: [
            deployment(current),
            { ...deployment([], 'dep2'), methods: refused('apigateway:GetDeployment') },
          ],
        }),
      ];
    },
    expect: [
      { status: 'pass', resource: STAGE },
      { status: 'unknown', resource: `${REST_API}/test` },
    ],
  },
  'the stages could not be listed': {
    given: facts => {
      facts['apigateway.restApis'] = [restApi({ stages: refused('apigateway:GetStages'), deployments: [] })];
    },
    expect: [{ status: 'unknown', resource: REST_API }],
  },
  'no REST API': {
    given: facts => {
      facts['apigateway.restApis'] = [];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
