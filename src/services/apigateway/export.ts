import { z } from 'zod';
import { parseOpenApi } from '../open-api.ts';
import { sortedBy } from '../reader.ts';
import type { DeployedAuthorizer } from './facts.ts';

/** An authorizer as the extension x-amazon-apigateway-authorizer has it; its type is written small there. */
const Extension = z.looseObject({ type: z.string(), providerARNs: z.array(z.string()).default([]) });

/** The authorizers that an export's methods use, by name. Throws MissingField where the text is not an export. */
export function authorizersOfExport(text: string): DeployedAuthorizer[] {
  const { operations, schemes } = parseOpenApi(text);
  const found = Object.entries(schemes).flatMap(([name, scheme]) => {
    const { data } = Extension.safeParse(scheme['x-amazon-apigateway-authorizer']);
    if (data === undefined) return [];
    const users = operations.filter(({ schemes }) => schemes.includes(name));
    const methods = users.map(({ verb, path }) => `${verb} ${path}`).sort();
    return [{ name, type: data.type.toUpperCase(), userPools: data.providerARNs.sort(), methods }];
  });
  return sortedBy(found, ({ name }) => name);
}
