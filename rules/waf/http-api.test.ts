import { HTTP_API, httpApi } from '../../test/builders/protection.ts';
import { REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import httpApiControl from './http-api.ts';

testControl(httpApiControl, {
  'there is none': { expect: [{ status: 'not-applicable', resource: REGION }] },
  'no setting of an HTTP API puts a web ACL before it': {
    given: facts => {
      facts['apigatewayv2.httpApis'] = [httpApi()];
    },
    expect: [
      {
        status: 'fail',
        resource: HTTP_API,
        message: 'No web ACL can stand before an HTTP API: every request of the internet reaches its routes.',
      },
    ],
  },
});
