import { DescribeNetworkAclsCommand } from '@aws-sdk/client-ec2';
import { buildCompliantAccount } from '../compliant-account.ts';
import { need } from '../named.ts';
import { associateAcl, buildAclEntry } from '../network-acls.ts';
import { cidrs } from '../rows.ts';
import type { State } from './state.ts';

const web = { from: 443, to: 443 };

/** Network ACLs that have every entry they should, and decide otherwise. */
export const shadowedNacls: State = {
  build: async clients => {
    const { acls, subnets, vpc } = await buildCompliantAccount(clients);
    const entry = (acl: string, row: Parameters<typeof buildAclEntry>[2]) => buildAclEntry(clients, acl, row);
    // A deny before the allow of 443.
    await entry(acls.public, {
      direction: 'ingress',
      number: 90,
      action: 'deny',
      ports: web,
      cidr: cidrs.anywhere,
    });
    // An allow before the deny of all else.
    await entry(acls.database, { direction: 'ingress', number: 305, action: 'allow', cidr: cidrs.vpc });
    // An allow that no packet reaches, since the entries before it have decided: no drift.
    await entry(acls.private, { direction: 'ingress', number: 230, action: 'allow', cidr: cidrs.anywhere });
    const { NetworkAcls = [] } = await clients.ec2.send(
      new DescribeNetworkAclsCommand({
        Filters: [
          { Name: 'vpc-id', Values: [vpc] },
          { Name: 'default', Values: ['true'] },
        ],
      }),
    );
    const defaultAcl = need(NetworkAcls[0]?.NetworkAclId, 'default network ACL');
    await associateAcl(clients, defaultAcl, subnets.private.slice(1));
    await associateAcl(clients, acls.public, subnets.database.slice(1));
  },
};
