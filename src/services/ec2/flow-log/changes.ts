import type { Change, ObjectState } from '../../../model/plan.ts';
import { type Creation, creation } from '../creation.ts';

/** What a flow log watches, and where it delivers to. */
export interface FlowLogTerms {
  readonly vpc: string;
  /** `ALL`, `ACCEPT` or `REJECT`. */
  readonly traffic: string;
  /** The name of a log group of CloudWatch Logs; null where it delivers elsewhere. */
  readonly logGroup: string | null;
  /** The ARN of the role by which it delivers. */
  readonly role: string | null;
}

/** A flow log as plans compare it; whether it delivers is no part of that. */
export const flowLogState = ({
  tags,
  ...terms
}: FlowLogTerms & { tags: Readonly<Record<string, string>> }): ObjectState => ({ ...terms, tags });

/** Creates a flow log of a VPC, which delivers to CloudWatch Logs. Who creates it must be allowed to pass the role on. */
export function createFlowLog(
  { vpc, logGroup, role }: { vpc: string; logGroup: string; role: string },
  about: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>,
): Change {
  const change = creation({
    ...about,
    kind: 'flow-log',
    state: { vpc, traffic: 'ALL', logGroup, role },
    input: {
      ResourceIds: [vpc],
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: logGroup,
      DeliverLogsPermissionArn: role,
      ClientToken: { $token: about.id },
    },
  });
  return { ...change, permissions: [...change.permissions, 'iam:PassRole'] };
}
