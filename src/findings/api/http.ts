import { need } from '../../model/fact.ts';
import type {
  DeployedHttpApi,
  HttpApi,
  HttpAuthorizer,
  HttpRoute,
} from '../../services/apigatewayv2/facts.ts';
import type { UserPool } from '../../services/cognito/facts.ts';
import { poolsOfApi } from '../cognito/pools.ts';
import type { RegionAudit } from '../control.ts';
import type { Gap } from './tokens.ts';

/** What keeps a route from asking for a token of the baseline's pools, which was made for one of their clients. */
export type HttpGap = Gap | { readonly kind: 'audience'; readonly clients: string };

type Route = Omit<HttpRoute, 'id'>;
type Authorizer = Omit<HttpAuthorizer, 'id'>;

/** The gap of a route as it is configured. Throws UnknownFact. */
export const configuredGap = (audit: RegionAudit, { authorizers }: HttpApi, route: HttpRoute) =>
  gapOf(audit, route, () => need(authorizers).find(({ id }) => id === route.authorizer));

/** The gap of a route as a stage has it. Throws UnknownFact. */
export const deployedGap = (audit: RegionAudit, { authorizers }: DeployedHttpApi, route: Route) =>
  gapOf(audit, route, () => authorizers.find(({ name }) => name === route.authorizer));

/** Looks for the authorizer only where there must be one: an open route is open whatever is known of them. */
function gapOf(
  audit: RegionAudit,
  { authorization, authorizer = '' }: Route,
  find: () => Authorizer | undefined,
): HttpGap | undefined {
  if (authorization === 'NONE') return { kind: 'open' };
  if (authorization !== 'JWT') return { kind: 'otherAuthorization', authorization };
  const found = find();
  return found === undefined ? { kind: 'authorizerGone', authorizer } : gapByAuthorizer(audit, found);
}

/** What keeps an authorizer from being one of the baseline's pools and of their clients alone. Throws UnknownFact. */
export function gapByAuthorizer(audit: RegionAudit, { type, issuer = type, audience }: Authorizer) {
  const pool = poolsOfApi(audit).find(one => issuer === issuerOf(audit, one));
  if (pool === undefined) return { kind: 'foreignPool', pools: issuer } as const;
  const clients = need(pool.clients).map(({ id }) => id);
  const strangers = audience.filter(client => !clients.includes(client));
  return strangers.length === 0 ? undefined : ({ kind: 'audience', clients: strangers.join(', ') } as const);
}

/** The issuer of a pool's tokens. */
export const issuerOf = ({ region }: Pick<RegionAudit, 'region'>, { id }: Pick<UserPool, 'id'>): string =>
  `https://cognito-idp.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/${id}`;
