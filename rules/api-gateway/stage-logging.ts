import { ALL_METHODS, silentMethods } from '../../src/findings/api/stage-logs.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import {
  httpApiResource,
  httpStageResource,
  restApiResource,
  restStageResource,
} from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { RestStage } from '../../src/services/apigateway/facts.ts';

export default defineControl({
  id: 'api-gateway/stage-logging',
  title: 'Every stage of an API logs who called what',
  severity: 'low',
  rationale:
    'Whoever took orders out through the API cannot be told from a customer afterwards if nobody wrote down the caller, the path and the answer.',
  remediation:
    'Set an access log destination on the stage, and, of a REST API, the log level ERROR or INFO for all methods; the account needs the role that lets API Gateway write to CloudWatch Logs.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1',
  ],
  frameworks: { fsbp: ['APIGateway.1', 'APIGateway.9'], 'pci-4.0': ['10.2.1'] },
  needs: ['apigateway.restApis', 'apigatewayv2.httpApis'],
  scope: 'region',
  messages: {
    logged: 'The stage logs as the baseline wants.',
    noAccessLog: 'The stage has no access log: no call leaves a trace.',
    noExecutionLog: 'The stage has no execution log of {methods}: no error leaves a trace.',
  },
  evaluate: judgeStages,
});

type Message = 'logged' | 'noAccessLog' | 'noExecutionLog';

function* judgeStages(audit: RegionAudit): Iterable<Outcome<Message>> {
  yield* judgeEach(
    audit.value('apigateway.restApis'),
    api => ({ resource: restApiResource(audit, api) }),
    api =>
      need(api.stages).flatMap(stage => [
        ...judgeStage(audit, restStageResource(audit, api, stage), stage.accessLog, unloggedMethods(stage)),
      ]),
  );
  yield* judgeEach(
    audit.value('apigatewayv2.httpApis'),
    api => ({ resource: httpApiResource(audit, api) }),
    api =>
      need(api.stages).flatMap(stage => [
        ...judgeStage(audit, httpStageResource(audit, api, stage), stage.accessLog, []),
      ]),
  );
}

const unloggedMethods = (stage: RestStage): string[] =>
  silentMethods(stage).map(method => (method === ALL_METHODS ? 'any method' : method));

function* judgeStage(
  { baseline }: RegionAudit,
  resource: Outcome['resource'],
  accessLog: string | undefined,
  unlogged: readonly string[],
): Iterable<Outcome<Message>> {
  const { id, origin, severity, access, execution } = baseline.api.logging;
  const about = { resource, row: { id, origin }, severity };
  const lacksAccess = access && accessLog === undefined;
  const lacksExecution = execution && unlogged.length > 0;
  if (lacksAccess) yield { status: 'fail', ...about, key: 'access', message: 'noAccessLog' };
  if (lacksExecution) {
    const data = { methods: unlogged.join(', ') };
    yield { status: 'fail', ...about, key: 'execution', message: 'noExecutionLog', data };
  }
  if (!lacksAccess && !lacksExecution) yield { status: 'pass', ...about, message: 'logged' };
}
