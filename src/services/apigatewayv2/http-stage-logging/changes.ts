import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { ACCESS_LOG_FORMAT } from '../../access-log.ts';
import { type HttpStagePlace, httpStageChange } from '../http-stage/changes.ts';

/** What a stage logs, as plans compare it. */
export const httpStageLoggingState = (accessLog: string | undefined): ObjectState => ({
  accessLog: accessLog ?? null,
});

/** What a stage logs, as an object of a plan. */
export const httpStageLoggingObject = ({ region, api, stage }: HttpStagePlace): LiveObject => ({
  kind: 'http-stage-logging',
  region,
  id: `${api}/${stage}`,
});

/**
 * What IAM asks of who has an HTTP API log (API Gateway's developer guide, "Configure logging for HTTP APIs"): CloudWatch
 * Logs delivers for them, and there is no role of API Gateway's between.
 */
const DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

/** Lets a stage that logs nothing log each call to a log group, by its ARN. */
export function logHttpStage(
  place: HttpStagePlace,
  accessLog: string,
  dependsOn: readonly ChangeId[],
): Change {
  const stage = { ApiId: place.api, StageName: place.stage };
  return {
    id: httpStageChange(place, 'logging'),
    title: 'let it log every call',
    object: httpStageLoggingObject(place),
    edit: { kind: 'set', fields: { accessLog: { from: null, to: accessLog } } },
    call: {
      service: 'apigatewayv2',
      operation: 'UpdateStage',
      input: { ...stage, AccessLogSettings: { DestinationArn: accessLog, Format: ACCESS_LOG_FORMAT } },
    },
    permissions: ['apigateway:PATCH', ...DELIVERY],
    effect: NO_EFFECT,
    dependsOn: [...dependsOn],
    undo: {
      kind: 'call',
      call: { service: 'apigatewayv2', operation: 'DeleteAccessLogSettings', input: stage },
      permissions: ['apigateway:DELETE', ...DELIVERY],
    },
  };
}
