import { z } from 'zod';
import { parseOpenApi } from '../open-api.ts';
import { sortedBy } from '../reader.ts';
import type { DeployedHttpApi } from './facts.ts';

/** An authorizer as the extension x-amazon-apigateway-authorizer has it; its type is written small there. */
const Extension = z.looseObject({
  type: z.string(),
  jwtConfiguration: z
    .looseObject({ issuer: z.string().optional(), audience: z.array(z.string()).default([]) })
    .default({ audience: [] }),
});

/** The routes and authorizers of an HTTP API's export. Throws MissingField where the text is not one. */
export function deployedOfExport(text: string): DeployedHttpApi {
  const { operations, schemes } = parseOpenApi(text);
  const authorizers = Object.entries(schemes).flatMap(([name, scheme]) => {
    const { data } = Extension.safeParse(scheme['x-amazon-apigateway-authorizer']);
    if (data === undefined) return [];
    const { issuer, audience } = data.jwtConfiguration;
    return [
      { name, type: data.type.toUpperCase(), ...(issuer && { issuer }), audience: audience.toSorted() },
    ];
  });
  const routes = operations.map(({ verb, path, schemes, auth = 'NONE' }) => {
    // The route for all that no other one takes is exported as a path.
    const key = path === '/$default' ? '$default' : `${verb} ${path}`;
    const used = authorizers.find(({ name }) => schemes.includes(name));
    if (used === undefined) return { key, authorization: auth };
    return { key, authorization: used.type === 'JWT' ? 'JWT' : 'CUSTOM', authorizer: used.name };
  });
  return { routes: sortedBy(routes, ({ key }) => key), authorizers };
}
