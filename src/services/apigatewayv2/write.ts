import {
  ApiGatewayV2Client,
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import { plainOperation } from '../operation.ts';
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
} as const satisfies Record<string, Operation>;
