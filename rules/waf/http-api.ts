import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { httpApiResource } from '../../src/findings/entry-resources.ts';

export default defineControl({
  id: 'waf/http-api',
  title: 'No HTTP API is there, since no web ACL can stand before one',
  severity: 'high',
  rationale:
    'AWS WAF takes the stages of REST APIs, not HTTP APIs. What is published as one is reached past every rule of the baseline, and no setting changes that.',
  remediation:
    'Publish it as a REST API, or put a CloudFront distribution with a web ACL before it and have its routes refuse what does not come through there.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html',
    'https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html',
  ],
  frameworks: {},
  needs: ['apigatewayv2.httpApis'],
  scope: 'region',
  messages: {
    exposed: 'No web ACL can stand before an HTTP API: every request of the internet reaches its routes.',
  },
  evaluate: judgeHttpApis,
});

function* judgeHttpApis(audit: RegionAudit): Iterable<Outcome<'exposed'>> {
  const { protects } = audit.baseline.waf;
  const apis = audit.value('apigatewayv2.httpApis');
  if (!protects.resources.includes('rest-api-stage')) return;
  const row = { id: protects.id, origin: protects.origin };
  for (const api of apis) {
    yield {
      status: 'fail',
      resource: httpApiResource(audit, api),
      row,
      severity: protects.severity,
      message: 'exposed',
    };
  }
}
