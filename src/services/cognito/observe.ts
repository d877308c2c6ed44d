import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { clientSettings, mfaOf, settings } from './read.ts';
import { mfaState, userPoolState } from './user-pool/changes.ts';
import { clientState } from './user-pool-client/changes.ts';

/** How user pools are looked at. */
export const cognitoObservers = {
  'user-pool': {
    permissions: ['cognito-idp:DescribeUserPool'],
    observe: async (session, region, UserPoolId) => {
      const client = session.client(CognitoIdentityProviderClient, region);
      const state = await nullOn('ResourceNotFoundException', async () => {
        const answer = await client.send(new DescribeUserPoolCommand({ UserPoolId }));
        return userPoolState(settings(given(answer.UserPool, 'UserPool')));
      });
      return { state, handles: {} };
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
    permissions: ['cognito-idp:DescribeUserPoolClient'],
    observe: async (session, region, id) => {
      const [UserPoolId, ClientId] = id.split('/');
      const client = session.client(CognitoIdentityProviderClient, region);
      const state = await nullOn('ResourceNotFoundException', async () => {
        const answer = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
        return clientState(clientSettings(given(answer.UserPoolClient, 'UserPoolClient')));
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
