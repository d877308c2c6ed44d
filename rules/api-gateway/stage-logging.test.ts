import type { RestStage } from '../../src/services/apigateway/facts.ts';
import { HTTP_API, httpApi, known, REST_API, refused, restApi } from '../../test/builders/protection.ts';
import { type Facts, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import stageLogging from './stage-logging.ts';

const STAGE = `${REST_API}/prod`;
const stage =
  (change: Partial<RestStage>) =>
  (facts: Facts): void => {
    const stage = { name: 'prod', deployments: ['dep1'], accessLog: 'arn:log', executionLogs: [], ...change };
    facts['apigateway.restApis'] = [restApi({ stages: known([stage]) })];
  };
const level = (method: string, level: string) => ({ method, level });
const fail = (resource: string, key: string, message: string) => ({
  status: 'fail' as const,
  resource,
  key,
  message,
});

testControl(stageLogging, {
  'a REST stage logs access and errors, an HTTP stage access': {
    given: facts => {
      facts['apigatewayv2.httpApis'] = [httpApi()];
    },
    expect: [
      { status: 'pass', resource: `${HTTP_API}/$default`, message: 'The stage logs as the baseline wants.' },
      { status: 'pass', resource: STAGE },
    ],
  },
  'neither, on either': {
    given: facts => {
      stage({ accessLog: undefined })(facts);
      facts['apigatewayv2.httpApis'] = [httpApi({ stages: known([{ name: 'prod' }]) })];
    },
    expect: [
      fail(`${HTTP_API}/prod`, 'access', 'The stage has no access log: no call leaves a trace.'),
      fail(STAGE, 'access', 'The stage has no access log: no call leaves a trace.'),
      fail(STAGE, 'execution', 'The stage has no execution log of any method: no error leaves a trace.'),
    ],
  },
  'all methods log, but for one that has its own level': {
    given: stage({ executionLogs: [level('*/*', 'INFO'), level('orders/GET', 'OFF')] }),
    expect: [
      fail(STAGE, 'execution', 'The stage has no execution log of orders/GET: no error leaves a trace.'),
    ],
  },
  'the stages of one API could not be listed': {
    given: facts => {
      facts['apigateway.restApis'].push(restApi({ id: 'rest2', stages: refused('apigateway:GetStages') }));
    },
    expect: [
      { status: 'pass', resource: STAGE },
      { status: 'unknown', resource: 'rest2' },
    ],
  },
  'no API': {
    given: facts => {
      facts['apigateway.restApis'] = [];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
