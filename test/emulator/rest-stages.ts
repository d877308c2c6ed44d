import { z } from 'zod';
import { type Exchange, json, path } from './exchange.ts';
import { errorReply, jsonReply, type Reply } from './reply.ts';

const Patch = z.object({
  patchOperations: z.array(z.object({ op: z.string(), path: z.string() })),
});

const SETTING = /^\/([^/]+\/[^/]+)(\/logging\/loglevel)?$/;

/** moto lets a stage log without the role by which API Gateway may write to CloudWatch Logs, and keeps settings that are removed. */
export const restStageAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  'apigateway:UpdateStage': async ({ call, request, moto, memory }) => {
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
    const reply = await moto({});
    if (reply.status >= 300) return reply;
    for (const { op, path: of } of patchOperations) {
      const key = `${path(request)} ${SETTING.exec(of)?.[1]}`;
      if (op === 'remove') memory.removedSettings.add(key);
      else memory.removedSettings.delete(key);
    }
    return reply;
  },
};

const Account = z.object({ cloudwatchRoleArn: z.string().nullish() });

/** What moto says of stages, without the settings that were removed. */
export const restStageAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'apigateway:UpdateStage': (exchange, reply) =>
    jsonReply(withoutRemoved(exchange, path(exchange.request), Stage.parse(json(reply.body)))),
  'apigateway:GetStage': (exchange, reply) =>
    jsonReply(withoutRemoved(exchange, path(exchange.request), Stage.parse(json(reply.body)))),
  'apigateway:GetStages': (exchange, reply) => {
    const { item } = z.object({ item: z.array(Stage) }).parse(json(reply.body));
    const stages = item.map(one =>
      withoutRemoved(exchange, `${path(exchange.request)}/${one.stageName}`, one),
    );
    return jsonReply({ item: stages });
  },
};

const Stage = z.looseObject({
  stageName: z.string(),
  methodSettings: z.record(z.string(), z.unknown()).nullish(),
});

const withoutRemoved = ({ memory }: Exchange, target: string, stage: z.infer<typeof Stage>): object => ({
  ...stage,
  methodSettings: Object.fromEntries(
    Object.entries(stage.methodSettings ?? {}).filter(
      ([key]) => !memory.removedSettings.has(`${target} ${key}`),
    ),
  ),
});
