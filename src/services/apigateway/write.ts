import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  DeleteAuthorizerCommand,
  DeleteDeploymentCommand,
  UpdateMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import { once } from '../../aws/once.ts';
import { creatingOperation, plainOperation } from '../operation.ts';
import { given } from '../reader.ts';
import type { Operation } from '../writer.ts';

/** A deployment as plans name it, with its API. */
const Deployment = z.string().regex(/^[^/]+\/[^/]+$/, 'not API/DEPLOYMENT');

const Method = z.strictObject({
  restApiId: z.string(),
  resourceId: z.string(),
  httpMethod: z.string(),
  authorizationType: z.enum(['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS']),
  /** Empty for none. */
  authorizerId: z.string(),
});

const Authorizer = z.strictObject({
  restApiId: z.string(),
  name: z.string(),
  type: z.literal('COGNITO_USER_POOLS'),
  providerARNs: z.array(z.string()).min(1),
});

const Stage = z.strictObject({ restApiId: z.string(), stageName: z.string() });

/** What plans may change of a stage: which deployment it has, and what it logs. */
const StageUpdate = z.union([
  Stage.extend({ deployment: Deployment }),
  Stage.extend({
    patchOperations: z
      .array(
        z.union([
          z.strictObject({
            op: z.literal('replace'),
            path: z.string().regex(/^\/(accessLogSettings\/(destinationArn|format)|.+\/logging\/loglevel)$/),
            value: z.string(),
          }),
          z.strictObject({ op: z.literal('remove'), path: z.enum(['/accessLogSettings', '/*/*']) }),
        ]),
      )
      .min(1),
  }),
]);

/** The mutating operations of REST APIs that plans may ask for. IAM has one action for each HTTP method. */
export const apiGatewayOperations = {
  UpdateMethod: plainOperation(
    APIGatewayClient,
    'apigateway:PATCH',
    Method,
    (client, { authorizationType, authorizerId, ...method }) =>
      client.send(
        new UpdateMethodCommand({
          ...method,
          patchOperations: [
            { op: 'replace', path: '/authorizationType', value: authorizationType },
            { op: 'replace', path: '/authorizerId', value: authorizerId },
          ],
        }),
      ),
  ),
  CreateAuthorizer: plainOperation(APIGatewayClient, 'apigateway:POST', Authorizer, (client, input) =>
    client.send(
      new CreateAuthorizerCommand({ ...input, identitySource: 'method.request.header.Authorization' }),
    ),
  ),
  DeleteAuthorizer: plainOperation(
    APIGatewayClient,
    'apigateway:DELETE',
    z.strictObject({ restApiId: z.string(), authorizerId: z.string() }),
    (client, input) => client.send(new DeleteAuthorizerCommand(input)),
  ),
  CreateDeployment: creatingOperation(
    APIGatewayClient,
    'apigateway:POST',
    z.strictObject({ restApiId: z.string(), description: z.string() }),
    async (client, input) => {
      const { id } = await client.send(once(new CreateDeploymentCommand(input)));
      return `${input.restApiId}/${given(id, 'id of a deployment')}`;
    },
  ),
  DeleteDeployment: plainOperation(
    APIGatewayClient,
    'apigateway:DELETE',
    z.strictObject({ deployment: Deployment }),
    (client, { deployment }) => {
      const [restApiId, deploymentId] = deployment.split('/');
      return client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
    },
  ),
  UpdateStage: plainOperation(APIGatewayClient, 'apigateway:PATCH', StageUpdate, (client, input) => {
    if ('patchOperations' in input) return client.send(new UpdateStageCommand(input));
    const { deployment, ...stage } = input;
    const [, value] = deployment.split('/');
    const patchOperations = [{ op: 'replace' as const, path: '/deploymentId', value }];
    return client.send(new UpdateStageCommand({ ...stage, patchOperations }));
  }),
} as const satisfies Record<string, Operation>;
