import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { LoggingConfiguration, WebAcl } from '../facts.ts';

/** A logging configuration as plans compare it. */
export const loggingState = ({
  destinations,
  filter,
}: Pick<LoggingConfiguration, 'destinations' | 'filter'>): ObjectState => ({
  destinations: [...destinations],
  filter: filter ?? null,
});

/** Where a web ACL logs to, as an object of a plan: by the web ACL's ARN. */
export const loggingObject = (region: Region, webAcl: string): LiveObject => ({
  kind: 'web-acl-logging',
  region,
  id: webAcl,
});

/** What IAM asks of who has AWS WAF log to CloudWatch Logs (AWS WAF's developer guide, "Permissions to publish logs to CloudWatch Logs"): AWS WAF writes the resource policy of the log group itself, for them. */
const DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:PutResourcePolicy',
];

/** Lets a web ACL that has no log write one to a CloudWatch log group, by its ARN; all requests are logged. */
export function startLogging(
  region: Region,
  { arn, id }: Pick<WebAcl, 'arn' | 'id'>,
  logGroup: string,
  after: readonly ChangeId[],
): Change {
  return {
    id: `web-acl/${id}/logging`,
    title: `let it log to ${logGroup.split(':').at(-1)}`,
    object: loggingObject(region, arn),
    edit: { kind: 'create', state: loggingState({ destinations: [logGroup] }) },
    call: {
      service: 'wafv2',
      operation: 'PutLoggingConfiguration',
      input: { LoggingConfiguration: { ResourceArn: arn, LogDestinationConfigs: [logGroup] } },
    },
    permissions: ['wafv2:PutLoggingConfiguration', ...DELIVERY],
    effect: NO_EFFECT,
    dependsOn: [...after],
    undo: {
      kind: 'call',
      call: { service: 'wafv2', operation: 'DeleteLoggingConfiguration', input: { ResourceArn: arn } },
      permissions: ['wafv2:DeleteLoggingConfiguration', 'logs:DeleteLogDelivery'],
    },
  };
}
