import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  ReplaceNetworkAclAssociationCommand,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';
import { named, need } from './named.ts';
import { type AclRow, type Tier, tiers } from './rows.ts';

/** A NACL for each tier with the rows that are its own, put in the place of the default one; gives their ids. */
export async function buildAcls(
  clients: Clients,
  vpc: string,
  subnets: Record<Tier, string[]>,
  rows: readonly AclRow[],
): Promise<Record<Tier, string>> {
  const acls = {
    public: await buildAcl(clients, vpc, 'public'),
    private: await buildAcl(clients, vpc, 'private'),
    database: await buildAcl(clients, vpc, 'database'),
  };
  for (const row of rows) await buildAclEntry(clients, acls[row.tier], row);
  for (const tier of tiers) await associateAcl(clients, acls[tier], subnets[tier]);
  return acls;
}

async function buildAcl({ ec2 }: Clients, VpcId: string, tier: Tier): Promise<string> {
  const { NetworkAcl } = await ec2.send(
    new CreateNetworkAclCommand({ VpcId, TagSpecifications: named('network-acl', `securecart-${tier}`) }),
  );
  return need(NetworkAcl?.NetworkAclId, 'network ACL id');
}

/** Adds one entry to a NACL. */
export async function buildAclEntry(
  { ec2 }: Clients,
  NetworkAclId: string,
  row: Omit<AclRow, 'tier'>,
): Promise<void> {
  await ec2.send(
    new CreateNetworkAclEntryCommand({
      NetworkAclId,
      RuleNumber: row.number,
      Egress: row.direction === 'egress',
      RuleAction: row.action,
      CidrBlock: row.cidr,
      Protocol: row.ports === undefined ? '-1' : '6',
      ...(row.ports === undefined ? {} : { PortRange: { From: row.ports.from, To: row.ports.to } }),
    }),
  );
}

/** Puts a NACL in the place of whichever the subnets have. */
export async function associateAcl({ ec2 }: Clients, NetworkAclId: string, subnets: string[]): Promise<void> {
  const { NetworkAcls = [] } = await ec2.send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: 'association.subnet-id', Values: subnets }] }),
  );
  const held = NetworkAcls.flatMap(({ Associations = [] }) => Associations);
  for (const { SubnetId, NetworkAclAssociationId: AssociationId } of held) {
    if (SubnetId === undefined || !subnets.includes(SubnetId)) continue;
    await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
  }
}
