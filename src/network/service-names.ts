import type { Region } from '../model/identifiers.ts';

const COMMON = 'com.amazonaws';

/**
 * Where AWS names some services otherwise than `com.amazonaws`: by the beginning of its Regions, the beginning of the
 * names, and the services whose interface endpoints have it. These are the answers of DescribeVpcEndpointServices in
 * cn-north-1 and cn-northwest-1 (quoted in https://github.com/aws/aws-cdk/pull/25333), and for Europe's sovereign cloud
 * the exceptions that the CDK knows; https://docs.amazonaws.cn/en_us/batch/latest/userguide/vpc-endpoint-create.html
 * has the form. Gateway endpoints are com.amazonaws everywhere.
 */
const OTHER_NAMES = [
  {
    regions: 'cn-',
    domain: 'cn.com.amazonaws',
    services: [
      'account',
      'application-autoscaling',
      'appmesh-envoy-management',
      'athena',
      'autoscaling',
      'awsconnector',
      'backup',
      'batch',
      'cassandra',
      'cloudcontrolapi',
      'cloudformation',
      'codedeploy-commands-secure',
      'databrew',
      'dms',
      'ebs',
      'ec2',
      'ecr.api',
      'ecr.dkr',
      'eks',
      'elasticache',
      'elasticbeanstalk',
      'elasticfilesystem',
      'elasticfilesystem-fips',
      'emr-containers',
      'execute-api',
      'fsx',
      'imagebuilder',
      'iot.data',
      'iotsitewise.api',
      'iotsitewise.data',
      'kinesis-streams',
      'lambda',
      'license-manager',
      'monitoring',
      'polly',
      'rds',
      'redshift',
      'redshift-data',
      's3',
      'sagemaker.api',
      'sagemaker.featurestore-runtime',
      'sagemaker.runtime',
      'securityhub',
      'servicecatalog',
      'sms',
      'sqs',
      'states',
      'sts',
      'sync-states',
      'synthetics',
      'transcribestreaming',
      'transfer',
      'workspaces',
      'xray',
    ],
  },
  {
    regions: 'eusc-',
    domain: 'eu.amazonaws',
    services: ['ecr.api', 'ecr.dkr', 'execute-api', 'securityhub'],
  },
] as const;

const otherNamesIn = (region: Region) => OTHER_NAMES.filter(({ regions }) => region.startsWith(regions));

/** What EC2 calls a service for which an endpoint is to be created, such as `com.amazonaws.eu-west-1.ecr.api`. */
export function endpointServiceName(type: 'Gateway' | 'Interface', region: Region, service: string): string {
  const others = type === 'Gateway' ? [] : otherNamesIn(region);
  const other = others.find(({ services }) => services.some(one => one === service));
  return `${other?.domain ?? COMMON}.${region}.${service}`;
}

/** Whether an endpoint or a prefix list of this name is AWS's for a service: by any name that it may have in the Region. */
export const isServiceName = (name: string, region: Region, service: string): boolean =>
  [COMMON, ...otherNamesIn(region).map(({ domain }) => domain)].some(
    domain => name === `${domain}.${region}.${service}`,
  );
