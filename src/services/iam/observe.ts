import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { rolePolicyState, roleState } from './changes.ts';
import { role, rolePolicy } from './read.ts';

/** How roles are looked at. */
export const iamObservers = {
  'iam-role': {
    permissions: ['iam:GetRole'],
    observe: async (session, region, RoleName) => {
      const client = session.client(IAMClient, region);
      const state = await nullOn('NoSuchEntityException', async () => {
        const { Role } = await client.send(new GetRoleCommand({ RoleName }));
        return roleState(role(given(Role, 'Role')));
      });
      return { state, handles: {} };
    },
  },
  'iam-role-policy': {
    permissions: ['iam:GetRolePolicy'],
    observe: async (session, region, id) => {
      const [name = '', policy = ''] = id.split('/');
      const client = session.client(IAMClient, region);
      const state = await nullOn('NoSuchEntityException', async () =>
        rolePolicyState(await rolePolicy(client, name, policy)),
      );
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
