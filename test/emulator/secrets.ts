import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { errorReply, jsonReply, type Reply, withBody } from './reply.ts';

/** What moto lacks of Secrets Manager and of Systems Manager's settings. */
export const secretAnswers: Record<string, (exchange: Exchange) => Reply | Promise<Reply>> = {
  'secretsmanager:CreateSecret': createSecret,
  'secretsmanager:GetResourcePolicy': unlessDeleted,
  'secretsmanager:PutResourcePolicy': unlessDeleted,
  'secretsmanager:DeleteResourcePolicy': unlessDeleted,
  'ssm:GetServiceSetting': ({ call, request, memory }) => {
    const { SettingId } = Setting.parse(json(request.body));
    return settingReply(SettingId, memory.serviceSettings.get(`${call.region} ${SettingId}`));
  },
  'ssm:UpdateServiceSetting': ({ call, request, memory }) => {
    const { SettingId, SettingValue } = Setting.required().parse(json(request.body));
    memory.serviceSettings.set(`${call.region} ${SettingId}`, SettingValue);
    return jsonReply({});
  },
};

export const secretAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'secretsmanager:ListSecrets': outOfTime,
  'secretsmanager:DescribeSecret': outOfTime,
};

const Setting = z.object({ SettingId: z.string(), SettingValue: z.string().optional() });

/** A setting that nobody has made is AWS's default, which lets documents be public (API_ServiceSetting). */
const settingReply = (SettingId: string, value: string | undefined): Reply =>
  jsonReply({
    ServiceSetting: {
      SettingId,
      SettingValue: value ?? 'Enable',
      LastModifiedUser: 'System',
      Status: value === undefined ? 'Default' : 'Customized',
    },
  });

/** AWS refuses the name of a secret that is to be deleted (troubleshooting guide); moto says that the secret is there. */
async function createSecret(exchange: Exchange): Promise<Reply> {
  const { Name } = z.object({ Name: z.string() }).parse(json(exchange.request.body));
  if (!(await isDeleted(exchange, Name))) return exchange.moto({});
  const message =
    "You can't create this secret because a secret with this name is already scheduled for deletion.";
  return errorReply(exchange.call, { code: 'InvalidRequestException', status: 400, message });
}

/** moto tells and takes the policy of a secret that is to be deleted; AWS does neither (API_GetResourcePolicy, errors). */
async function unlessDeleted(exchange: Exchange): Promise<Reply> {
  const { SecretId } = z.object({ SecretId: z.string() }).parse(json(exchange.request.body));
  if (!(await isDeleted(exchange, SecretId))) return exchange.moto({});
  const message = 'You can’t perform this operation on the secret because it was marked for deletion.';
  return errorReply(exchange.call, { code: 'InvalidRequestException', status: 400, message });
}

async function isDeleted({ request, moto }: Exchange, SecretId: string): Promise<boolean> {
  const headers = { ...request.headers, 'x-amz-target': 'secretsmanager.DescribeSecret' };
  const reply = await moto({ headers, body: Buffer.from(JSON.stringify({ SecretId })) });
  if (reply.status >= 300) return false;
  return z.object({ DeletedDate: z.number().nullish() }).parse(json(reply.body)).DeletedDate != null;
}

/** moto's clock is the machine's, and what is written down must be the same bytes each day: what is to come never does, and what was is long ago. */
const WHEN = new Map([
  ['LastRotatedDate', Date.UTC(2025, 11, 1) / 1000],
  ['NextRotationDate', Date.UTC(2099, 0, 1) / 1000],
  ['DeletedDate', Date.UTC(2099, 0, 1) / 1000],
]);

function outOfTime(_: Exchange, reply: Reply): Reply {
  const text = JSON.stringify(json(reply.body), (name, value: unknown) =>
    typeof value === 'number' ? (WHEN.get(name) ?? value) : value,
  );
  return withBody(reply, text);
}
