import type { Fact } from '../../src/model/fact.ts';
import { known, refused } from '../../test/builders/protection.ts';
import { type Facts, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import websocketAuthorization from './websocket-authorization.ts';

const connecting =
  (...connects: Fact<string | null>[]) =>
  (facts: Facts): void => {
    facts['apigatewayv2.webSocketApis'] = connects.map((connect, index) => ({
      id: `ws${index + 1}`,
      name: 'updates',
      connect,
    }));
  };

testControl(websocketAuthorization, {
  'IAM or a function decides who connects': {
    given: connecting(known('AWS_IAM'), known('CUSTOM')),
    expect: [
      {
        status: 'pass',
        resource: 'ws1',
        message:
          'Its $connect route is authorized by AWS_IAM as it is configured; of a WebSocket API API Gateway does not export what is deployed.',
      },
      { status: 'pass', resource: 'ws2' },
    ],
  },
  'anyone connects': {
    given: connecting(known('NONE')),
    expect: [
      {
        status: 'fail',
        resource: 'ws1',
        message: 'Its $connect route asks for nothing: anyone on the internet can connect.',
      },
    ],
  },
  'without a route to connect by, nobody asks who connects': {
    given: connecting(known(null)),
    expect: [
      {
        status: 'fail',
        resource: 'ws1',
        message: 'It has no $connect route: anyone on the internet can connect.',
      },
    ],
  },
  'the routes of one API could not be read': {
    given: connecting(known('AWS_IAM'), refused('apigateway:GetRoutes')),
    expect: [
      { status: 'pass', resource: 'ws1' },
      { status: 'unknown', resource: 'ws2' },
    ],
  },
  'no WebSocket API': { expect: [{ status: 'not-applicable', resource: REGION }] },
});
