import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { type Reply, withBody } from './reply.ts';

/** What of CloudWatch Logs moto gives otherwise than AWS. */
export const logsAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'logs:DescribeLogGroups': withThePatternAlone,
};

const Groups = z.looseObject({ logGroups: z.array(z.looseObject({ logGroupName: z.string() })) });

/** moto passes over logGroupNamePattern, which holds for each name that it is a part of (API_DescribeLogGroups). */
function withThePatternAlone({ request }: Exchange, reply: Reply): Reply {
  const { logGroupNamePattern: part = '' } = z
    .object({ logGroupNamePattern: z.string().optional() })
    .parse(json(request.body));
  const { logGroups, ...rest } = Groups.parse(json(reply.body));
  const named = logGroups.filter(({ logGroupName }) => logGroupName.includes(part));
  return withBody(reply, JSON.stringify({ ...rest, logGroups: named }));
}
