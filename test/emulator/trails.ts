import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { errorReply, jsonReply, type Reply } from './reply.ts';

/** What moto answers otherwise than CloudTrail. */
export const trailAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  'cloudtrail:CreateTrail': createTrail,
};

export const trailAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'cloudtrail:GetEventSelectors': withTheDefault,
  'cloudtrail:PutEventSelectors': rememberTheForm,
};

const ask = ({ request, moto }: Exchange, operation: string, input: object): Promise<Reply> => {
  const target = `CloudTrail_20131101.${operation}`;
  return moto({
    headers: { ...request.headers, 'x-amz-target': target },
    body: Buffer.from(JSON.stringify(input)),
  });
};

/** moto puts a second trail in the place of one of the same name; CloudTrail refuses it (API_CreateTrail). */
async function createTrail(exchange: Exchange): Promise<Reply> {
  const { call, request, moto } = exchange;
  const { Name } = z.object({ Name: z.string() }).parse(json(request.body));
  if ((await ask(exchange, 'GetTrail', { Name })).status >= 300) return moto({});
  const message = `Trail ${Name} already exists for customer: 123456789012`;
  return errorReply(call, { code: 'TrailAlreadyExistsException', status: 400, message });
}

const Selectors = z.object({
  TrailARN: z.string(),
  EventSelectors: z.array(z.unknown()).nullish(),
  AdvancedEventSelectors: z.array(z.unknown()).nullish(),
});

/** moto's new trail selects nothing; CloudTrail's all management events, until it is told otherwise (API_CreateTrail). */
function withTheDefault({ memory }: Exchange, reply: Reply): Reply {
  const { TrailARN, EventSelectors, AdvancedEventSelectors } = Selectors.parse(json(reply.body));
  const isAdvanced = (AdvancedEventSelectors ?? []).length > 0 && !memory.classicTrails.has(TrailARN);
  if (isAdvanced) return jsonReply({ TrailARN, AdvancedEventSelectors });
  const told = EventSelectors ?? [];
  return jsonReply({ TrailARN, EventSelectors: told.length > 0 ? told : [ALL_MANAGEMENT] });
}

const ALL_MANAGEMENT = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

/** moto keeps advanced selectors beside the others that take their place (API_PutEventSelectors). */
function rememberTheForm({ memory }: Exchange, reply: Reply): Reply {
  const { TrailARN, EventSelectors } = Selectors.parse(json(reply.body));
  if (EventSelectors === null || EventSelectors === undefined) memory.classicTrails.delete(TrailARN);
  else memory.classicTrails.add(TrailARN);
  return reply;
}
