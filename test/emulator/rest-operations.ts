/** AWS's REST operations that the program and its tests use: method, path, operation. */
const routes = {
  apigateway: `
    GET    /account                                                                   GetAccount
    PATCH  /account                                                                   UpdateAccount
    GET    /restapis                                                                  GetRestApis
    POST   /restapis                                                                  CreateRestApi
    GET    /restapis/{api}                                                            GetRestApi
    DELETE /restapis/{api}                                                            DeleteRestApi
    GET    /restapis/{api}/resources                                                  GetResources
    POST   /restapis/{api}/resources/{parent}                                         CreateResource
    GET    /restapis/{api}/resources/{resource}                                       GetResource
    GET    /restapis/{api}/resources/{resource}/methods/{verb}                        GetMethod
    PUT    /restapis/{api}/resources/{resource}/methods/{verb}                        PutMethod
    PATCH  /restapis/{api}/resources/{resource}/methods/{verb}                        UpdateMethod
    DELETE /restapis/{api}/resources/{resource}/methods/{verb}                        DeleteMethod
    PUT    /restapis/{api}/resources/{resource}/methods/{verb}/responses/{status}     PutMethodResponse
    PUT    /restapis/{api}/resources/{resource}/methods/{verb}/integration            PutIntegration
    PUT    /restapis/{api}/resources/{resource}/methods/{verb}/integration/responses/{status} PutIntegrationResponse
    GET    /restapis/{api}/authorizers                                                GetAuthorizers
    POST   /restapis/{api}/authorizers                                                CreateAuthorizer
    GET    /restapis/{api}/authorizers/{authorizer}                                   GetAuthorizer
    PATCH  /restapis/{api}/authorizers/{authorizer}                                   UpdateAuthorizer
    DELETE /restapis/{api}/authorizers/{authorizer}                                   DeleteAuthorizer
    GET    /restapis/{api}/stages                                                     GetStages
    POST   /restapis/{api}/stages                                                     CreateStage
    GET    /restapis/{api}/stages/{stage}                                             GetStage
    PATCH  /restapis/{api}/stages/{stage}                                             UpdateStage
    GET    /restapis/{api}/stages/{stage}/exports/{type}                              GetExport
    GET    /restapis/{api}/deployments                                                GetDeployments
    POST   /restapis/{api}/deployments                                                CreateDeployment
    GET    /restapis/{api}/deployments/{deployment}                                   GetDeployment
    DELETE /restapis/{api}/deployments/{deployment}                                   DeleteDeployment`,
  apigatewayv2: `
    GET    /v2/apis                                    GetApis
    POST   /v2/apis                                    CreateApi
    GET    /v2/apis/{api}                              GetApi
    DELETE /v2/apis/{api}                              DeleteApi
    GET    /v2/apis/{api}/routes                       GetRoutes
    POST   /v2/apis/{api}/routes                       CreateRoute
    GET    /v2/apis/{api}/routes/{route}               GetRoute
    PATCH  /v2/apis/{api}/routes/{route}               UpdateRoute
    GET    /v2/apis/{api}/authorizers                  GetAuthorizers
    POST   /v2/apis/{api}/authorizers                  CreateAuthorizer
    GET    /v2/apis/{api}/authorizers/{authorizer}     GetAuthorizer
    DELETE /v2/apis/{api}/authorizers/{authorizer}     DeleteAuthorizer
    GET    /v2/apis/{api}/stages                       GetStages
    POST   /v2/apis/{api}/stages                       CreateStage
    GET    /v2/apis/{api}/stages/{stage}               GetStage
    PATCH  /v2/apis/{api}/stages/{stage}               UpdateStage
    DELETE /v2/apis/{api}/stages/{stage}/accesslogsettings DeleteAccessLogSettings
    GET    /v2/apis/{api}/deployments                  GetDeployments
    POST   /v2/apis/{api}/deployments                  CreateDeployment
    GET    /v2/apis/{api}/deployments/{deployment}     GetDeployment
    DELETE /v2/apis/{api}/deployments/{deployment}     DeleteDeployment
    GET    /v2/apis/{api}/exports/{specification}      ExportApi
    GET    /v2/apis/{api}/integrations                 GetIntegrations
    GET    /v2/vpclinks                                GetVpcLinks`,
  lambda: `
    GET    /2015-03-31/functions                                        ListFunctions
    POST   /2015-03-31/functions                                        CreateFunction
    GET    /2015-03-31/functions/{function}                             GetFunction
    DELETE /2015-03-31/functions/{function}                             DeleteFunction
    GET    /2015-03-31/functions/{function}/configuration               GetFunctionConfiguration
    PUT    /2015-03-31/functions/{function}/configuration               UpdateFunctionConfiguration
    PUT    /2015-03-31/functions/{function}/code                        UpdateFunctionCode
    GET    /2015-03-31/functions/{function}/policy                      GetPolicy
    POST   /2015-03-31/functions/{function}/policy                      AddPermission
    DELETE /2015-03-31/functions/{function}/policy/{statement}          RemovePermission
    GET    /2021-10-31/functions/{function}/url                         GetFunctionUrlConfig
    GET    /2021-10-31/functions/{function}/urls                        ListFunctionUrlConfigs
    GET    /2017-03-31/tags/{arn}                                       ListTags
    POST   /2017-03-31/tags/{arn}                                       TagResource`,
  s3control: `
    GET    /v20180820/configuration/publicAccessBlock    GetPublicAccessBlock
    PUT    /v20180820/configuration/publicAccessBlock    PutPublicAccessBlock
    DELETE /v20180820/configuration/publicAccessBlock    DeletePublicAccessBlock
    GET    /v20180820/accesspoint                        ListAccessPoints`,
} as const;

type Route = { service: string; method: string; path: RegExp; operation: string };

const table: Route[] = Object.entries(routes).flatMap(([service, text]) =>
  text
    .trim()
    .split('\n')
    .map(line => {
      const [method = '', path = '', operation = ''] = line.trim().split(/\s+/);
      return { service, method, path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), operation };
    }),
);

/** What S3 calls the thing that a query parameter names; the operation is Get, Put or Delete of it. */
const s3Subresources = {
  acl: 'BucketAcl',
  encryption: 'BucketEncryption',
  lifecycle: 'BucketLifecycleConfiguration',
  location: 'BucketLocation',
  logging: 'BucketLogging',
  notification: 'BucketNotificationConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'BucketReplication',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
} as const;

const s3Verbs: Record<string, string> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete', HEAD: 'Head' };

/** The operation that a REST request asks for; where the table has none, `METHOD /path`. */
export function restOperation(service: string, method: string, url: URL): string {
  if (service === 's3') return s3Operation(method, url);
  const path = url.pathname.replace(/(.)\/$/, '$1');
  const route = table.find(row => row.service === service && row.method === method && row.path.test(path));
  return route?.operation ?? `${method} ${path}`;
}

/** The path is /bucket/key: the emulator's endpoint is an address, where the SDK has no room for a host per bucket. */
function s3Operation(method: string, url: URL): string {
  const verb = s3Verbs[method] ?? method;
  const [bucket = '', ...key] = url.pathname.slice(1).split('/');
  if (bucket === '') return 'ListBuckets';
  if (key.join('/') !== '') return `${verb}Object`;
  const subresource = Object.entries(s3Subresources).find(([name]) => url.searchParams.has(name));
  if (subresource !== undefined) return `${verb}${subresource[1]}`;
  if (method === 'PUT') return 'CreateBucket';
  if (method === 'GET') return url.searchParams.has('list-type') ? 'ListObjectsV2' : 'ListObjects';
  return `${verb}Bucket`;
}
