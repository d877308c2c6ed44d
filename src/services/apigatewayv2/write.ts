import {
  ApiGatewayV2Client,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  DeleteAccessLogSettingsCommand,
  DeleteAuthorizerCommand,
  DeleteDeploymentCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import { once } from '../../aws/once.ts';
import { creatingOperation, plainOperation } from '../operation.ts';
import { given } from '../reader.ts';
import type { Operation } from '../writer.ts';

const Route = z.strictObject({
  ApiId: z.string(),
  RouteId: z.string(),
  AuthorizationType: z.enum(['NONE', 'AWS_IAM', 'CUSTOM', 'JWT']),
  /** Empty for none. */
  AuthorizerId: z.string(),
});

const Authorizer = z.strictObject({
  ApiId: z.string(),
  Name: z.string(),
  Issuer: z.url(),
  /** As plans name them, with their pool. */
  Clients: z.array(z.string().regex(/^[^/]+\/[^/]+$/, 'not POOL/CLIENT')).min(1),
});

/** A deployment as plans name it, with its API. */
const Deployment = z.string().regex(/^[^/]+\/[^/]+$/, 'not API/DEPLOYMENT');

const Stage = z.strictObject({ ApiId: z.string(), StageName: z.string() });

/** What plans may change of a stage: which deployment it has, and where it logs to. */
const StageUpdate = z.union([
  Stage.extend({ Deployment }),
  Stage.extend({
    AccessLogSettings: z.strictObject({ DestinationArn: z.string(), Format: z.string() }),
  }),
]);

/** The mutating operations of HTTP APIs that plans may ask for. IAM has one action for each HTTP method. */
export const apiGatewayV2Operations = {
  UpdateRoute: plainOperation(ApiGatewayV2Client, 'apigateway:PATCH', Route, (client, input) =>
    client.send(new UpdateRouteCommand(input)),
  ),
  CreateAuthorizer: plainOperation(
    ApiGatewayV2Client,
    'apigateway:POST',
    Authorizer,
    (client, { Issuer, Clients, ...input }) =>
      client.send(
        new CreateAuthorizerCommand({
          ...input,
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer, Audience: Clients.map(name => name.replace(/^.*\//, '')) },
        }),
      ),
  ),
  DeleteAuthorizer: plainOperation(
    ApiGatewayV2Client,
    'apigateway:DELETE',
    z.strictObject({ ApiId: z.string(), AuthorizerId: z.string() }),
    (client, input) => client.send(new DeleteAuthorizerCommand(input)),
  ),
  CreateDeployment: creatingOperation(
    ApiGatewayV2Client,
    'apigateway:POST',
    z.strictObject({ ApiId: z.string(), Description: z.string() }),
    async (client, input) => {
      const { DeploymentId } = await client.send(once(new CreateDeploymentCommand(input)));
      return `${input.ApiId}/${given(DeploymentId, 'DeploymentId')}`;
    },
  ),
  DeleteDeployment: plainOperation(
    ApiGatewayV2Client,
    'apigateway:DELETE',
    z.strictObject({ Deployment }),
    (client, input) => {
      const [ApiId, DeploymentId] = input.Deployment.split('/');
      return client.send(new DeleteDeploymentCommand({ ApiId, DeploymentId }));
    },
  ),
  UpdateStage: plainOperation(ApiGatewayV2Client, 'apigateway:PATCH', StageUpdate, (client, input) => {
    if ('AccessLogSettings' in input) return client.send(new UpdateStageCommand(input));
    const { Deployment: name, ...stage } = input;
    const [, DeploymentId] = name.split('/');
    return client.send(new UpdateStageCommand({ ...stage, DeploymentId }));
  }),
  DeleteAccessLogSettings: plainOperation(ApiGatewayV2Client, 'apigateway:DELETE', Stage, (client, input) =>
    client.send(new DeleteAccessLogSettingsCommand(input)),
  ),
} as const satisfies Record<string, Operation>;
