import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { errorReply, type Reply } from './reply.ts';

/** What moto lacks of Cognito. */
export const identityAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  'cognito-idp:DeleteUserPool': deleteUserPool,
};

const Described = z.object({ UserPool: z.object({ DeletionProtection: z.string().optional() }) });

/** Cognito deletes no pool that is protected (API_DeleteUserPool); moto does. */
async function deleteUserPool(exchange: Exchange): Promise<Reply> {
  const { call, request, moto } = exchange;
  const target = 'AWSCognitoIdentityProviderService.DescribeUserPool';
  const found = await moto({ headers: { ...request.headers, 'x-amz-target': target } });
  if (found.status >= 300) return found;
  if (Described.parse(json(found.body)).UserPool.DeletionProtection !== 'ACTIVE') return moto({});
  const message = 'The user pool cannot be deleted because deletion protection is activated.';
  return errorReply(call, { code: 'InvalidParameterException', status: 400, message });
}
