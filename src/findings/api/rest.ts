import { need, UnknownFact } from '../../model/fact.ts';
import type {
  DeployedMethod,
  Deployment,
  RestApi,
  RestAuthorizer,
  RestMethod,
} from '../../services/apigateway/facts.ts';
import { poolsOfApi } from '../cognito/pools.ts';
import type { RegionAudit } from '../control.ts';
import type { Gap } from './tokens.ts';

/** A method's name, such as `GET /orders`: the key of its findings. */
export const methodName = ({ verb, path }: Pick<DeployedMethod, 'verb' | 'path'>): string =>
  `${verb} ${path}`;

/** What the kind of authorization tells by itself. */
export function gapByType({ authorization }: Pick<DeployedMethod, 'authorization'>): Gap | undefined {
  if (authorization === 'COGNITO_USER_POOLS') return undefined;
  return authorization === 'NONE' ? { kind: 'open' } : { kind: 'otherAuthorization', authorization };
}

/** What keeps a method, as it is configured, from asking for a token of the baseline's pools. Throws UnknownFact. */
export function configuredGap(audit: RegionAudit, api: RestApi, method: RestMethod): Gap | undefined {
  const gap = gapByType(method);
  if (gap !== undefined) return gap;
  const { authorizer = '' } = method;
  const found = need(api.authorizers).find(({ id }) => id === authorizer);
  return found === undefined ? { kind: 'authorizerGone', authorizer } : gapByAuthorizer(audit, found);
}

/** The same of a method as callers meet it. Throws UnknownFact. */
export function deployedGap(
  audit: RegionAudit,
  deployment: Deployment,
  method: DeployedMethod,
): Gap | undefined {
  return gapByType(method) ?? gapByAuthorizer(audit, deployedAuthorizer(deployment, method));
}

/** The authorizer that a method of a deployment has. Throws UnknownFact, also where the export does not name it. */
export function deployedAuthorizer({ id, authorizers }: Deployment, method: DeployedMethod) {
  const found = need(authorizers).find(({ methods }) => methods.includes(methodName(method)));
  if (found !== undefined) return found;
  throw new UnknownFact({
    kind: 'failed',
    call: 'apigateway:GetExport',
    error: {
      code: 'MissingField',
      message: `The export of deployment ${id} names no authorizer of ${methodName(method)}.`,
    },
  });
}

/** What keeps an authorizer from being one of the baseline's pools alone. Throws UnknownFact. */
export function gapByAuthorizer(
  audit: RegionAudit,
  { type, userPools }: Pick<RestAuthorizer, 'type' | 'userPools'>,
): Gap | undefined {
  if (type !== 'COGNITO_USER_POOLS') return { kind: 'otherAuthorization', authorization: type };
  // A pool's id is unique in its Region, whoever owns it.
  const pools = poolsOfApi(audit).map(({ id }) => id);
  const foreign = userPools.filter(arn => !pools.some(id => arn.endsWith(`:userpool/${id}`)));
  return foreign.length === 0 ? undefined : { kind: 'foreignPool', pools: foreign.join(', ') };
}
