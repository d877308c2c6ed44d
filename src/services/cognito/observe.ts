import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  paginateListUserPoolClients,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider';
import { fromPages, readEach } from '../../aws/pages.ts';
import type { Session } from '../../aws/session.ts';
import type { Region } from '../../model/identifiers.ts';
import type { Json } from '../../model/json.ts';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { clientSettings, mfaOf, PAGE_SIZE, settings } from './read.ts';
import { mfaState, userPoolState } from './user-pool/changes.ts';
import { clientState } from './user-pool-client/changes.ts';

/** How user pools are looked at. */
export const cognitoObservers = {
  'user-pool': {
    permissions: ['cognito-idp:DescribeUserPool', 'cognito-idp:ListUserPools'],
    observe: async (session, region, UserPoolId) => {
      const client = session.client(CognitoIdentityProviderClient, region);
      const state = await nullOn('ResourceNotFoundException', async () => {
        const answer = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
        return userPoolState(settings(given(answer.UserPool, 'UserPool')));
      });
      return { state, handles: {} };
    },
    find: async (session, region, tags) => {
      const client = session.client(CognitoIdentityProviderClient, region);
      const pages = paginateListUserPools({ client, pageSize: PAGE_SIZE }, { MaxResults: PAGE_SIZE });
      const pools = await readEach(
        pages,
        ({ UserPools = [] }) => UserPools,
        ({ Id: UserPoolId }) =>
          nullOn('ResourceNotFoundException', () => client.send(new DescribeUserPoolCommand({ UserPoolId }))),
      );
      const isSought = (live: Record<string, string> = {}) =>
        Object.entries(tags).every(([key, value]) => live[key] === value);
      return pools.flatMap(answer =>
        isSought(answer?.UserPool?.UserPoolTags) ? given(answer?.UserPool?.Id, 'Id of a user pool') : [],
      );
    },
    namesakes: async (session, region, { PoolName }) => {
      const client = session.client(CognitoIdentityProviderClient, region);
      const pages = paginateListUserPools({ client, pageSize: PAGE_SIZE }, { MaxResults: PAGE_SIZE });
      return fromPages(pages, ({ UserPools = [] }) =>
        UserPools.flatMap(({ Id, Name }) => (Name === PoolName ? given(Id, 'Id of a user pool') : [])),
      );
    },
  },
  'user-pool-mfa': {
    permissions: ['cognito-idp:GetUserPoolMfaConfig'],
    observe: async (session, region, UserPoolId) => {
      const client = session.client(CognitoIdentityProviderClient, region);
      const state = await nullOn('ResourceNotFoundException', async () =>
        mfaState(mfaOf(await client.send(new GetUserPoolMfaConfigCommand({ UserPoolId })))),
      );
      return { state, handles: {} };
    },
  },
  'user-pool-client': {
    permissions: ['cognito-idp:DescribeUserPoolClient', 'cognito-idp:ListUserPoolClients'],
    observe: async (session, region, id) => {
      const [UserPoolId, ClientId] = id.split('/');
      const client = session.client(CognitoIdentityProviderClient, region);
      const state = await nullOn('ResourceNotFoundException', async () => {
        const answer = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
        const live = given(answer.UserPoolClient, 'UserPoolClient');
        const name = given(live.ClientName, 'ClientName');
        return clientState(given(UserPoolId, 'UserPoolId'), name, clientSettings(live));
      });
      return { state, handles: {} };
    },
    find: (session, region, _, { pool, name }) => clientsNamed(session, region, { pool, name }),
    namesakes: (session, region, { UserPoolId, ClientName }) =>
      clientsNamed(session, region, { pool: UserPoolId, name: ClientName }),
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

/** Cognito gives a client no tags: in its pool it is known by its name. */
async function clientsNamed(
  session: Session,
  region: Region,
  { pool: UserPoolId, name }: { pool: Json | undefined; name: Json | undefined },
): Promise<string[]> {
  if (typeof UserPoolId !== 'string') return [];
  const client = session.client(CognitoIdentityProviderClient, region);
  const pages = paginateListUserPoolClients({ client, pageSize: PAGE_SIZE }, { UserPoolId });
  return fromPages(pages, ({ UserPoolClients = [] }) =>
    UserPoolClients.flatMap(({ ClientId, ClientName }) =>
      ClientName === name ? [`${UserPoolId}/${given(ClientId, 'ClientId')}`] : [],
    ),
  );
}
