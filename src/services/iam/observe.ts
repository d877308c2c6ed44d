import {
  GetRoleCommand,
  IAMClient,
  paginateListAccessKeys,
  paginateListAttachedRolePolicies,
} from '@aws-sdk/client-iam';
import { fromPages } from '../../aws/pages.ts';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { ATTACHED, accessKeyState, rolePolicyState, roleState } from './changes.ts';
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
  'iam-role-attachment': {
    permissions: ['iam:ListAttachedRolePolicies'],
    observe: async (session, region, id) => {
      const [RoleName = '', ...policy] = id.split('/');
      const client = session.client(IAMClient, region);
      const state = await nullOn('NoSuchEntityException', async () => {
        const pages = paginateListAttachedRolePolicies({ client, pageSize: 1000 }, { RoleName });
        const attached = await fromPages(pages, page => page.AttachedPolicies ?? []);
        return attached.some(({ PolicyArn }) => PolicyArn === policy.join('/')) ? ATTACHED : null;
      });
      return { state, handles: {} };
    },
  },
  'access-key': {
    permissions: ['iam:ListAccessKeys'],
    observe: async (session, region, id) => {
      const [UserName = '', key] = id.split('/');
      const client = session.client(IAMClient, region);
      const state = await nullOn('NoSuchEntityException', async () => {
        const pages = paginateListAccessKeys({ client, pageSize: 1000 }, { UserName });
        const keys = await fromPages(pages, page => page.AccessKeyMetadata ?? []);
        const found = keys.find(({ AccessKeyId }) => AccessKeyId === key);
        return found === undefined ? null : accessKeyState(given(found.Status, 'Status of an access key'));
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
