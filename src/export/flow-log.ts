import { EC2FlowLog } from '@awboost/cfn-resource-types/AWS-EC2-FlowLog';
import { IAMRole } from '@awboost/cfn-resource-types/AWS-IAM-Role';
import { IAMRolePolicy } from '@awboost/cfn-resource-types/AWS-IAM-RolePolicy';
import { z } from 'zod';
import { Computed, TagSpecifications, Tags, type Translate } from './translation.ts';

const Role = z.object({
  RoleName: Computed,
  Path: z.string(),
  Description: z.string(),
  AssumeRolePolicyDocument: Computed,
  Tags,
});

const createRole: Translate = ({ id, input }) => [new IAMRole(id, Role.parse(input))];

const RolePolicy = z.object({ RoleName: Computed, PolicyName: Computed, PolicyDocument: Computed });

const putRolePolicy: Translate = ({ id, input, after }) => [
  new IAMRolePolicy(id, RolePolicy.parse(input), { DependsOn: [...after] }),
];

const FlowLog = z.object({
  ResourceIds: z.tuple([Computed]),
  ResourceType: z.literal('VPC'),
  TrafficType: z.literal('ALL'),
  LogDestinationType: z.literal('cloud-watch-logs'),
  LogGroupName: z.string(),
  DeliverLogsPermissionArn: Computed,
  TagSpecifications,
});

const createFlowLogs: Translate = ({ id, input, after }) => {
  const { ResourceIds, TagSpecifications: Tags, ...log } = FlowLog.parse(input);
  return [new EC2FlowLog(id, { ...log, ResourceId: ResourceIds[0], Tags }, { DependsOn: [...after] })];
};

/** What a template says for each call that has the VPC write a flow log. */
export const flowLog = {
  'iam:CreateRole': createRole,
  'iam:PutRolePolicy': putRolePolicy,
  'ec2:CreateFlowLogs': createFlowLogs,
} satisfies Record<string, Translate>;
