import { CreateRoleCommand, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { workloadRoles } from '../../builders/identity.ts';
import type { Clients } from '../clients.ts';
import { account } from '../emulator.ts';

/** The role of the function, which the network has already: moto makes no function without one. */
export const FUNCTION_ROLE = 'securecart-orders-function';

/** Gives the workloads of the network their roles. */
export async function buildCompliantIdentity({ iam }: Clients): Promise<void> {
  for (const { name: RoleName, trust, inline } of workloadRoles(account)) {
    const document = JSON.stringify(trust);
    await (RoleName === FUNCTION_ROLE
      ? iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: document }))
      : iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document })));
    for (const [PolicyName, policy] of Object.entries(inline)) {
      const PolicyDocument = JSON.stringify(policy);
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    }
  }
}
