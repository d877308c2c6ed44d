import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { errorReply, type Reply } from './reply.ts';

const Patch = z.object({
  patchOperations: z.array(z.object({ op: z.string(), path: z.string() })),
});

/** moto lets a stage log without the role by which API Gateway may write to CloudWatch Logs. */
export const restStageAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  'apigateway:UpdateStage': async ({ call, request, moto }) => {
    const { patchOperations } = Patch.parse(json(request.body));
    const logs = patchOperations.some(({ op, path }) => op !== 'remove' && /[lL]og/.test(path));
    if (logs) {
      const account = await moto({ method: 'GET', target: '/account', body: Buffer.alloc(0) });
      const { cloudwatchRoleArn } = Account.parse(json(account.body));
      if (!cloudwatchRoleArn) {
        const message = 'CloudWatch Logs role ARN must be set in account settings to enable logging';
        return errorReply(call, { code: 'BadRequestException', status: 400, message });
      }
    }
    return moto({});
  },
};

const Account = z.object({ cloudwatchRoleArn: z.string().nullish() });
