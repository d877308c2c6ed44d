import { z } from 'zod';
import { type Exchange, json } from './exchange.ts';
import { errorReply, type Reply } from './reply.ts';

/** What AWS WAF refuses and moto carries out (AWS WAF's API reference, the errors of each operation). */
export const wafAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  'wafv2:CreateIPSet': async exchange => {
    const { IPSets } = z
      .object({ IPSets: z.array(Named) })
      .parse(await ask(exchange, 'ListIPSets', REGIONAL));
    const { Name } = Named.parse(json(exchange.request.body));
    return IPSets.some(set => set.Name === Name)
      ? refuse(exchange, 'WAFDuplicateItemException')
      : exchange.moto({});
  },
  'wafv2:CreateWebACL': unlessDangling,
  'wafv2:UpdateWebACL': unlessDangling,
  'wafv2:DeleteWebACL': async exchange => {
    const { Id } = WithId.parse(json(exchange.request.body));
    const stands = [...exchange.memory.webAcls.values()].some(arn => arn.endsWith(`/${Id}`));
    return stands ? refuse(exchange, 'WAFAssociatedItemException') : exchange.moto({});
  },
  'wafv2:DeleteIPSet': async exchange => {
    const { Id } = WithId.parse(json(exchange.request.body));
    const { WebACLs } = z
      .object({ WebACLs: z.array(WithId.extend({ Name: z.string() })) })
      .parse(await ask(exchange, 'ListWebACLs', REGIONAL));
    for (const { Id: acl, Name } of WebACLs) {
      const found = await ask(exchange, 'GetWebACL', { ...REGIONAL, Id: acl, Name });
      if (ipSetsIn(found).some(arn => arn.endsWith(`/${Id}`))) {
        return refuse(exchange, 'WAFAssociatedItemException');
      }
    }
    return exchange.moto({});
  },
};

const REGIONAL = { Scope: 'REGIONAL' };
const Named = z.object({ Name: z.string() });
const WithId = z.object({ Id: z.string() });

/** A rule cannot name an IP set that is not there. */
async function unlessDangling(exchange: Exchange): Promise<Reply> {
  for (const arn of ipSetsIn(json(exchange.request.body))) {
    const [, , Name, Id] = arn.split('/');
    const found = z
      .looseObject({ IPSet: z.unknown() })
      .safeParse(await ask(exchange, 'GetIPSet', { ...REGIONAL, Name, Id }));
    if (found.data?.IPSet === undefined) return refuse(exchange, 'WAFNonexistentItemException');
  }
  return exchange.moto({});
}

const ipSetsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"(arn:[^"]+\/ipset\/[^"]+)"/g)].map(([, arn = '']) => arn);

async function ask({ request, moto }: Exchange, operation: string, input: object): Promise<unknown> {
  const headers = { ...request.headers, 'x-amz-target': `AWSWAF_20190729.${operation}` };
  const { body } = await moto({ headers, body: Buffer.from(JSON.stringify(input)) });
  return json(body);
}

const refuse = ({ call }: Exchange, code: string): Reply =>
  errorReply(call, { code, status: 400, message: `AWS WAF couldn’t perform the operation (${code}).` });
