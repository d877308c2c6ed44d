import { z } from 'zod';
import type { Json } from '../model/json.ts';
import type { Condition, PolicyDocument, PolicyStatement, Principal } from '../model/policy.ts';

/** The policy that a text holds; undefined where IAM's grammar has no such policy. */
export const parsePolicy = (text: string): PolicyDocument | undefined =>
  documentOf(Text.pipe(Written).safeParse(text).data);

/** The policy that JSON holds; undefined where IAM's grammar has no such policy. */
export const readPolicy = (document: Json): PolicyDocument | undefined =>
  documentOf(Written.safeParse(document).data);

const documentOf = (written: z.infer<typeof Written> | undefined): PolicyDocument | undefined =>
  written && { statements: written.Statement.map(statement) };

const Text = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

const oneOrMany = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform(one => [one])]);
const Texts = oneOrMany(z.string());
const Values = oneOrMany(z.union([z.string(), z.boolean(), z.number()]).transform(String));
const Principals = z.union([z.literal('*'), z.record(z.string(), Texts)]);

/** A policy as it is written; an element that is not known might mean anything, so it is refused. */
const Written = z.strictObject({
  Version: z.string().optional(),
  Id: z.string().optional(),
  Statement: oneOrMany(
    z
      .strictObject({
        Sid: z.string().optional(),
        Effect: z.enum(['Allow', 'Deny']),
        Principal: Principals.optional(),
        NotPrincipal: Principals.optional(),
        Action: Texts.optional(),
        NotAction: Texts.optional(),
        Resource: Texts.optional(),
        NotResource: Texts.optional(),
        Condition: z.record(z.string(), z.record(z.string(), Values)).optional(),
      })
      .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined)),
  ),
});

function statement(from: z.infer<typeof Written>['Statement'][number]): PolicyStatement {
  const { Sid: sid, Effect: effect, Principal, NotPrincipal, Action, NotAction } = from;
  const principals = Principal ?? NotPrincipal;
  const resources = from.Resource ?? from.NotResource;
  return {
    ...(sid !== undefined && { sid }),
    effect,
    ...(principals !== undefined && {
      principal: { not: Principal === undefined, principals: principalsOf(principals) },
    }),
    action: {
      not: Action === undefined,
      patterns: (Action ?? NotAction ?? []).map(action => action.toLowerCase()),
    },
    ...(resources !== undefined && {
      resource: { not: from.Resource === undefined, patterns: resources },
    }),
    conditions: Object.entries(from.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => condition(operator, key, values)),
    ),
  };
}

const principalsOf = (written: z.infer<typeof Principals>): Principal[] =>
  written === '*'
    ? [{ type: 'AWS', id: '*' }]
    : Object.entries(written).flatMap(([type, ids]) => ids.map(id => ({ type, id })));

function condition(written: string, key: string, values: string[]): Condition {
  const [, quantifier, operator = '', suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(written) ?? [];
  return {
    operator,
    ...(quantifier !== undefined && {
      quantifier: quantifier === 'ForAllValues' ? 'ForAllValues' : 'ForAnyValue',
    }),
    ifExists: suffix !== undefined,
    key: key.toLowerCase(),
    values,
  };
}
