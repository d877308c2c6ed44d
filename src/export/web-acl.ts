import { LogsLogGroup } from '@awboost/cfn-resource-types/AWS-Logs-LogGroup';
import { WAFv2IPSet } from '@awboost/cfn-resource-types/AWS-WAFv2-IPSet';
import { WAFv2LoggingConfiguration } from '@awboost/cfn-resource-types/AWS-WAFv2-LoggingConfiguration';
import { WAFv2WebACL } from '@awboost/cfn-resource-types/AWS-WAFv2-WebACL';
import type { IntrinsicValue } from '@awboost/cfn-template-builder/intrinsics';
import { z } from 'zod';
import { Computed, RETAINED, TagMap, Tags, type Translate } from './translation.ts';

const IpSet = z.object({
  Name: z.string(),
  Scope: z.literal('REGIONAL'),
  IPAddressVersion: z.enum(['IPV4', 'IPV6']),
  Addresses: z.array(z.string()),
  Tags,
});

const createIpSet: Translate = ({ id, input }) => [new WAFv2IPSet(id, IpSet.parse(input))];

const WebAcl = z.object({
  Name: z.string(),
  Scope: z.literal('REGIONAL'),
  DefaultAction: Computed,
  Rules: z.array(Computed),
  VisibilityConfig: Computed,
  Tags,
});

const createWebAcl: Translate = ({ id, input }) => {
  const { Rules, ...webAcl } = WebAcl.parse(input);
  return [new WAFv2WebACL(id, { ...webAcl, Rules: Rules.map(withArn) })];
};

/** What AWS WAF's own API writes `ARN`, CloudFormation writes `Arn`. */
function withArn(value: IntrinsicValue): IntrinsicValue {
  if (Array.isArray(value)) return value.map(withArn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key === 'ARN' ? 'Arn' : key, withArn(item)]),
  );
}

const Logging = z.object({
  LoggingConfiguration: z.object({ ResourceArn: Computed, LogDestinationConfigs: z.array(Computed) }),
});

const putLoggingConfiguration: Translate = ({ id, input, after }) => [
  new WAFv2LoggingConfiguration(id, Logging.parse(input).LoggingConfiguration, { DependsOn: [...after] }),
];

const LogGroup = z.object({ logGroupName: z.string(), tags: TagMap });
const Retention = z.object({ retentionInDays: Computed });

const createLogGroup: Translate = ({ id, input, later }) => {
  const { logGroupName: LogGroupName, tags: Tags } = LogGroup.parse(input);
  const [retention] = later('logs:PutRetentionPolicy').map(policy => Retention.parse(policy));
  const properties = {
    LogGroupName,
    ...(retention !== undefined && { RetentionInDays: retention.retentionInDays }),
    Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
  };
  return [new LogsLogGroup(id, properties, RETAINED)];
};

/** What a template says for each call that builds the web ACL and its logs. */
export const webAcl = {
  'wafv2:CreateIPSet': createIpSet,
  'wafv2:CreateWebACL': createWebAcl,
  'wafv2:PutLoggingConfiguration': putLoggingConfiguration,
  'logs:CreateLogGroup': createLogGroup,
  'logs:PutRetentionPolicy': () => [],
} satisfies Record<string, Translate>;
