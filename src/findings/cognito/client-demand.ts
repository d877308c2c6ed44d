import type { UserPoolClient } from '../../services/cognito/facts.ts';
import type { WantedPool } from './pools.ts';

type WantedClient = WantedPool['clients'][number];

/** What the baseline asks of one client; `rows` are the client's own. */
export type Demand = Pick<
  WantedClient,
  'authFlows' | 'oauthFlows' | 'hidesUserExistence' | 'revocableTokens'
> & {
  rows: readonly WantedClient[];
};

/** What the baseline asks of a client: its own row's demand, or, where it has none, no more than all rows together allow. */
export function demandOn({ name }: Pick<UserPoolClient, 'name'>, { clients }: WantedPool): Demand {
  const own = clients.filter(row => row.name === name);
  const rows = own.length > 0 ? own : clients;
  return {
    rows: own,
    authFlows: rows.flatMap(({ authFlows }) => authFlows),
    oauthFlows: rows.flatMap(({ oauthFlows }) => oauthFlows),
    hidesUserExistence: rows.some(row => row.hidesUserExistence),
    revocableTokens: rows.some(row => row.revocableTokens),
  };
}

/** What Cognito allows where a client names no flow (API_CreateUserPoolClient). */
export const defaultFlows = ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'] as const;
