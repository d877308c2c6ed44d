import { GetResourcesCommand, UpdateMethodCommand } from '@aws-sdk/client-api-gateway';
import {
  CreateDeploymentCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import {
  CreateUserPoolClientCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Clients } from '../../clients.ts';
import { addMethods, type RestApi, redeploy } from '../apis.ts';
import { buildCompliantAccount } from '../compliant-account.ts';
import { need } from '../named.ts';
import type { State } from './state.ts';

/** APIs of which some doors are open, and a user pool whose locks are weak. */
export const openApis: State = {
  build: async clients => {
    const { pool, restApi, httpApi } = await buildCompliantAccount(clients, { httpApi: true });
    await openMethods(clients, restApi);
    const ApiId = need(httpApi, 'HTTP API');
    const route = { ApiId, RouteKey: 'GET /catalog/export', AuthorizationType: 'NONE' } as const;
    await clients.apiGatewayV2.send(new CreateRouteCommand(route));
    await stageSilently(clients, ApiId);
    await weakenPool(clients, pool.id);
  },
};

/** A stage of the HTTP API that has its routes as they are now, and logs nothing. */
async function stageSilently({ apiGatewayV2 }: Clients, ApiId: string): Promise<void> {
  const stage = { ApiId, StageName: 'beta' };
  await apiGatewayV2.send(new CreateStageCommand(stage));
  await apiGatewayV2.send(new CreateDeploymentCommand(stage));
}

/** One method that was never closed, and one that was closed and not deployed since. */
async function openMethods(clients: Clients, api: RestApi): Promise<void> {
  const { apiGateway } = clients;
  await addMethods(clients, api, 'export', [['GET']]);
  await addMethods(clients, api, 'refunds', [['POST']]);
  await redeploy(clients, api.id);
  const restApiId = api.id;
  const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
  const refunds = items.find(({ path }) => path === '/refunds');
  await apiGateway.send(
    new UpdateMethodCommand({
      restApiId,
      resourceId: need(refunds?.id, 'resource of the refunds'),
      httpMethod: 'POST',
      patchOperations: [
        { op: 'replace', path: '/authorizationType', value: 'COGNITO_USER_POOLS' },
        { op: 'replace', path: '/authorizerId', value: api.authorizer },
      ],
    }),
  );
}

async function weakenPool({ cognito }: Clients, UserPoolId: string): Promise<void> {
  await cognito.send(
    new UpdateUserPoolCommand({
      UserPoolId,
      Policies: { PasswordPolicy: { MinimumLength: 8, RequireLowercase: true, RequireNumbers: true } },
      UserPoolTier: 'ESSENTIALS',
      UserPoolAddOns: { AdvancedSecurityMode: 'OFF' },
      DeletionProtection: 'INACTIVE',
    }),
  );
  await cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'securecart-old-app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
}
