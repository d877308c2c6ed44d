import type { IncomingHttpHeaders } from 'node:http';
import { restOperation } from './rest-operations.ts';

/** A request as it came over the wire. */
export type Request = {
  method: string;
  /** Path and query. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

/** The wire forms of AWS's services, told apart because each has its own shape of an error. */
export type Protocol = 'ec2' | 'query' | 'json' | 'rest-json' | 's3' | 's3control';

/** What a request asks of AWS. */
export type Call = {
  /** `service:Operation`, such as `ec2:DescribeVpcs`: the name it is signed with, with apigatewayv2 and s3control apart. */
  name: string;
  /** The IAM action that it needs; mostly its name. */
  action: string;
  service: string;
  operation: string;
  protocol: Protocol;
  region: string;
  accessKeyId: string;
  /** Whatever tells this call from another of the same operation, in one canonical form. */
  parameters: string;
  mutating: boolean;
};

/** Reads a request's service, operation and parameters from its wire form. */
export function identify(request: Request): Call {
  const url = new URL(request.target, 'http://localhost');
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const [, accessKeyId = '', region = ''] = scope ?? [];
  const signer = scope?.[3] ?? '';
  const target = request.headers['x-amz-target'];
  const form = formOf(request);
  if (typeof target === 'string') {
    const service = signer || unsigned[target.split('.')[0] ?? ''] || '';
    const parameters = canonical(parse(request.body));
    return call({
      service,
      operation: target.split('.').at(-1) ?? '',
      protocol: 'json',
      region,
      accessKeyId,
      parameters,
    });
  }
  if (form !== undefined) {
    const operation = form.get('Action') ?? '';
    const protocol = signer === 'ec2' ? 'ec2' : 'query';
    form.delete('Action');
    form.delete('Version');
    return call({
      service: signer || 'sts',
      operation,
      protocol,
      region,
      accessKeyId,
      parameters: sorted(form),
    });
  }
  const service = restService(signer, url);
  url.searchParams.delete('x-id');
  const body = request.body.length === 0 ? '' : ` ${canonical(parse(request.body))}`;
  return call({
    service,
    operation: restOperation(service, request.method, url),
    protocol: service === 's3' || service === 's3control' ? service : 'rest-json',
    region,
    accessKeyId,
    parameters: `${url.pathname}?${sorted(url.searchParams)}${body}`,
  });
}

/** Services whose calls may go unsigned, by the first part of X-Amz-Target. */
const unsigned: Record<string, string> = { AWSCognitoIdentityProviderService: 'cognito-idp' };

const reads =
  /^((Describe|Export|Get|List|Search|BatchGet|Head|Lookup)|AssumeRole|GenerateCredentialReport$|(GET|HEAD) )/;

function call(known: Omit<Call, 'name' | 'action' | 'mutating'>): Call {
  const name = `${known.service}:${known.operation}`;
  return {
    ...known,
    name,
    action: actionOf(name, known),
    mutating: !reads.test(known.operation) && !isDryRun(known),
  };
}

/** Whether EC2 is asked for the permission alone. */
export const isDryRun = ({ protocol, parameters }: Pick<Call, 'protocol' | 'parameters'>): boolean =>
  protocol === 'ec2' && /(^|&)DryRun=true(&|$)/.test(parameters);

/** The calls whose IAM action has another name, as in AWS's service authorization reference. */
const actions: Record<string, string> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadBucket': 's3:ListBucket',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
  's3control:PutPublicAccessBlock': 's3:PutAccountPublicAccessBlock',
  's3control:DeletePublicAccessBlock': 's3:PutAccountPublicAccessBlock',
};

/** API Gateway has one action for each HTTP method. */
function actionOf(name: string, { service, operation }: { service: string; operation: string }): string {
  if (!service.startsWith('apigateway')) return actions[name] ?? name;
  if (/^(Get|Export)/.test(operation)) return 'apigateway:GET';
  if (operation.startsWith('Delete')) return 'apigateway:DELETE';
  if (operation.startsWith('Put')) return 'apigateway:PUT';
  return operation.startsWith('Update') ? 'apigateway:PATCH' : 'apigateway:POST';
}

function restService(signer: string, url: URL): string {
  if (signer === 'apigateway' && url.pathname.startsWith('/v2/')) return 'apigatewayv2';
  if (signer === 's3' && url.pathname.startsWith('/v20180820/')) return 's3control';
  return signer;
}

function formOf({ headers, body }: Request): URLSearchParams | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const form = isForm ? new URLSearchParams(body.toString()) : undefined;
  return form?.has('Action') ? form : undefined;
}

function sorted(parameters: URLSearchParams): string {
  parameters.sort();
  return parameters.toString();
}

/** The body as JSON, or as text where it is none. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}

/** JSON with the keys of every object in one order. */
function canonical(value: unknown): string {
  const inOrder = (_: string, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  return JSON.stringify(value, inOrder);
}
