import { z } from 'zod';
import { given } from './reader.ts';

const AUTH = 'x-amazon-apigateway-auth';

const Operation = z.object({
  security: z.array(z.record(z.string(), z.unknown())).default([]),
  [AUTH]: z.object({ type: z.string() }).optional(),
});

const Schemes = z.record(z.string(), z.looseObject({}));

const Document = z.object({
  paths: z.record(z.string(), z.looseObject({})),
  components: z.object({ securitySchemes: Schemes.default({}) }).default({ securitySchemes: {} }),
});

/** What an export of API Gateway's says of authorization; all else that is in it is dropped here. */
export interface OpenApi {
  readonly operations: readonly {
    /** `GET`, …, or `ANY`. */
    readonly verb: string;
    readonly path: string;
    /** The names of the security schemes that it asks for. */
    readonly schemes: readonly string[];
    /** How it is authorized where no scheme does it, such as AWS_IAM. */
    readonly auth: string | undefined;
  }[];
  /** The security schemes by name; an authorizer stands in one as x-amazon-apigateway-authorizer. */
  readonly schemes: z.infer<typeof Schemes>;
}

/** The fields of a path that are operations: OpenAPI's, and API Gateway's for any verb (x-amazon-apigateway-any-method). */
const verbs = new Map([
  ...['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'].map(
    verb => [verb, verb.toUpperCase()] as const,
  ),
  ['x-amazon-apigateway-any-method', 'ANY'] as const,
]);

/** Reads an export in OpenAPI 3, in JSON. Throws MissingField where it is none. */
export function parseOpenApi(text: string): OpenApi {
  const { components, paths } = given(Json.pipe(Document).safeParse(text).data, 'OpenAPI document');
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([field, value]) => {
      const verb = verbs.get(field);
      if (verb === undefined) return [];
      const { security, ...rest } = given(Operation.safeParse(value).data, `operation ${verb} ${path}`);
      return [{ verb, path, schemes: security.flatMap(Object.keys), auth: rest[AUTH]?.type }];
    }),
  );
  return { schemes: components.securitySchemes, operations };
}

const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
