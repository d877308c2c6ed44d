import type { Call, ObjectKind } from '../model/plan.ts';
import type { Observer, Operation } from './writer.ts';

const ec2 = async () => (await import('./ec2/observe.ts')).ec2Observers;
const ebs = async () => (await import('./ebs/observe.ts')).ebsObservers;
const s3 = async () => (await import('./s3/observe.ts')).s3Observers;
const rds = async () => (await import('./rds/observe.ts')).rdsObservers;
const wafv2 = async () => (await import('./wafv2/observe.ts')).wafv2Observers;
const cognito = async () => (await import('./cognito/observe.ts')).cognitoObservers;
const kms = async () => (await import('./kms/observe.ts')).kmsObservers;
const logs = async () => (await import('./logs/observe.ts')).logsObservers;
const iam = async () => (await import('./iam/observe.ts')).iamObservers;
const cloudtrail = async () => (await import('./cloudtrail/observe.ts')).cloudTrailObservers;
const apigateway = async () => (await import('./apigateway/observe.ts')).apiGatewayObservers;
const secretsmanager = async () => (await import('./secretsmanager/observe.ts')).secretsManagerObservers;
const ssm = async () => (await import('./ssm/observe.ts')).ssmObservers;
const apigatewayv2 = async () => (await import('./apigatewayv2/observe.ts')).apiGatewayV2Observers;

type Observers<Kind extends ObjectKind> = Readonly<Record<Kind, Observer>>;

/** Where the observer of each kind is. */
const OBSERVERS: { readonly [Kind in ObjectKind]: () => Promise<Observers<Kind>> } = {
  vpc: ec2,
  'internet-gateway': ec2,
  'elastic-ip': ec2,
  'nat-gateway': ec2,
  subnet: ec2,
  'subnet-network-acl': ec2,
  'subnet-route-table': ec2,
  'route-table': ec2,
  'vpc-endpoint': ec2,
  'security-group': ec2,
  'default-security-group': ec2,
  'network-acl': ec2,
  's3-bucket': s3,
  's3-bucket-encryption': s3,
  's3-bucket-policy': s3,
  's3-bucket-public-access': s3,
  's3-account-public-access': s3,
  'ebs-default-encryption': ebs,
  'ebs-snapshot': ebs,
  'db-instance': rds,
  'db-subnet-group': rds,
  'db-parameter-group': rds,
  'db-cluster-parameter-group': rds,
  'db-snapshot': rds,
  'db-cluster-snapshot': rds,
  'ip-set': wafv2,
  'web-acl': wafv2,
  'web-acl-logging': wafv2,
  'web-acl-association': wafv2,
  'user-pool': cognito,
  'user-pool-mfa': cognito,
  'user-pool-client': cognito,
  'rest-method': apigateway,
  'rest-authorizer': apigateway,
  'rest-deployment': apigateway,
  'rest-stage': apigateway,
  'rest-stage-logging': apigateway,
  'http-route': apigatewayv2,
  'http-authorizer': apigatewayv2,
  'http-deployment': apigatewayv2,
  'http-stage': apigatewayv2,
  'http-stage-logging': apigatewayv2,
  'kms-key': kms,
  'kms-alias': kms,
  'log-group': logs,
  'iam-role': iam,
  'iam-role-policy': iam,
  'iam-role-attachment': iam,
  'access-key': iam,
  'flow-log': ec2,
  trail: cloudtrail,
  secret: secretsmanager,
  'secret-policy': secretsmanager,
  'ssm-parameter': ssm,
  'ssm-document': ssm,
  'ssm-public-sharing': ssm,
};

const OPERATIONS: Readonly<Record<Call['service'], () => Promise<Readonly<Record<string, Operation>>>>> = {
  ec2: async () => ({
    ...(await import('./ec2/write.ts')).ec2Operations,
    ...(await import('./ebs/write.ts')).ebsOperations,
  }),
  s3: async () => (await import('./s3/write.ts')).s3Operations,
  s3control: async () => (await import('./s3/write.ts')).s3ControlOperations,
  rds: async () => (await import('./rds/write.ts')).rdsOperations,
  wafv2: async () => (await import('./wafv2/write.ts')).wafv2Operations,
  'cognito-idp': async () => (await import('./cognito/write.ts')).cognitoOperations,
  apigateway: async () => (await import('./apigateway/write.ts')).apiGatewayOperations,
  apigatewayv2: async () => (await import('./apigatewayv2/write.ts')).apiGatewayV2Operations,
  kms: async () => (await import('./kms/write.ts')).kmsOperations,
  logs: async () => (await import('./logs/write.ts')).logsOperations,
  iam: async () => (await import('./iam/write.ts')).iamOperations,
  cloudtrail: async () => (await import('./cloudtrail/write.ts')).cloudTrailOperations,
  secretsmanager: async () => (await import('./secretsmanager/write.ts')).secretsManagerOperations,
  ssm: async () => (await import('./ssm/write.ts')).ssmOperations,
};

/** How a kind of object is looked at. A service's part of the SDK loads only once one of its objects is looked at. */
export async function observerOf<Kind extends ObjectKind>(kind: Kind): Promise<Observers<Kind>[Kind]> {
  const observers = await OBSERVERS[kind]();
  return observers[kind];
}

/** The operation that a call asks for; undefined where it is not one that a plan may ask for. */
export async function operationOf({ service, operation }: Call): Promise<Operation | undefined> {
  const operations = await OPERATIONS[service]();
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}
