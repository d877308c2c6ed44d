import { z } from 'zod';
import type { Condition, PolicyDocument, PolicyStatement, Principal } from '../model/policy.ts';

/** The policy that a text holds; undefined where IAM's grammar has no such policy. */
export function parsePolicy(text: string): PolicyDocument | undefined {
  const { data } = Text.pipe(Written).safeParse(text);
  return data && { statements: data.Statement.map(statement) };
}

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
type Written = z.infer<typeof Written>['Statement'][number];

function statement(from: Written): PolicyStatement {
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
