import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { mfaOf, settings } from './read.ts';
import { mfaState, userPoolState } from './user-pool/changes.ts';

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
} as const satisfies Partial<Record<ObjectKind, Observer>>;
