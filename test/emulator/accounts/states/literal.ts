import { DeleteNetworkAclEntryCommand } from '@aws-sdk/client-ec2';
import { buildCompliantAccount } from '../compliant-account.ts';
import { allow, revoke, tcp } from '../drift.ts';
import { buildAclEntry } from '../network-acls.ts';
import { cidrs } from '../rows.ts';
import type { State } from './state.ts';

/** The document's tables to the letter: no derived row, and the two rows for the database in the direction that they name. */
export const literal: State = {
  build: async clients => {
    const { groups, acls } = await buildCompliantAccount(clients, { literal: true });
    await revoke(clients, groups.backend, 'egress', 5432);
    await allow(clients, groups.backend, 'ingress', {
      ...tcp(5432),
      UserIdGroupPairs: [{ GroupId: groups.rds }],
    });
    await clients.ec2.send(
      new DeleteNetworkAclEntryCommand({ NetworkAclId: acls.private, RuleNumber: 250, Egress: true }),
    );
    await buildAclEntry(clients, acls.private, {
      direction: 'ingress',
      number: 210,
      action: 'allow',
      ports: { from: 5432, to: 5432 },
      cidr: cidrs.database,
    });
  },
};
