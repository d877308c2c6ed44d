import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { httpApiResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { WebSocketApi } from '../../src/services/apigatewayv2/facts.ts';

export default defineControl({
  id: 'api-gateway/websocket-authorization',
  title: 'Every WebSocket API lets nobody connect without authorization',
  severity: 'high',
  rationale:
    'A WebSocket API asks who somebody is once, when they connect. Without an authorizer on that route anyone opens connections, and every other route answers them.',
  remediation:
    'Set AWS_IAM, or a Lambda authorizer that checks the token of the user pool, on the route $connect, and deploy the API. A user pool cannot authorize a WebSocket API by itself.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8',
  ],
  frameworks: { fsbp: ['APIGateway.8'], 'nist-800-53-r5': ['AC-3', 'CM-2'] },
  needs: ['apigatewayv2.webSocketApis'],
  scope: 'region',
  messages: {
    authorized:
      'Its $connect route is authorized by {authorization} as it is configured; of a WebSocket API API Gateway does not export what is deployed.',
    open: 'Its $connect route asks for nothing: anyone on the internet can connect.',
    absent: 'It has no $connect route: anyone on the internet can connect.',
  },
  evaluate: judgeWebSocketApis,
});

type Message = 'authorized' | 'open' | 'absent';

function* judgeWebSocketApis(audit: RegionAudit): Iterable<Outcome<Message>> {
  yield* judgeEach(
    audit.value('apigatewayv2.webSocketApis'),
    api => ({ resource: httpApiResource(audit, api) }),
    api => [judgeApi(audit, api)],
  );
}

function judgeApi(audit: RegionAudit, api: WebSocketApi): Outcome<Message> {
  const { id, origin, severity } = audit.baseline.api.authorization;
  const about = { resource: httpApiResource(audit, api), row: { id, origin }, severity };
  const authorization = need(api.connect);
  if (authorization === null) return { status: 'fail', ...about, message: 'absent' };
  if (authorization === 'NONE') return { status: 'fail', ...about, message: 'open' };
  return { status: 'pass', ...about, message: 'authorized', data: { authorization } };
}
