import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  DescribeSecurityGroupRulesCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';
import { need } from './named.ts';

type Direction = 'ingress' | 'egress';

const everything = '-1';

/** A permission for TCP; the other end is to be added. */
export const tcp = (FromPort: number, ToPort = FromPort): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort,
  ToPort,
});

/** A permission for everything, to or from IPv4 addresses. */
export const all = (...cidrs: string[]): IpPermission => ({ IpProtocol: everything, ...cidrsOf(cidrs) });

/** The other end of a permission, as IPv4 CIDRs. */
export const cidrsOf = (cidrs: readonly string[]): IpPermission => ({
  IpRanges: cidrs.map(CidrIp => ({ CidrIp })),
});

/** Adds rules to a security group. */
export async function allow(
  { ec2 }: Clients,
  GroupId: string,
  direction: Direction,
  permission: IpPermission,
): Promise<void> {
  const input = { GroupId, IpPermissions: [permission] };
  if (direction === 'ingress') await ec2.send(new AuthorizeSecurityGroupIngressCommand(input));
  else await ec2.send(new AuthorizeSecurityGroupEgressCommand(input));
}

/** Takes away a security group's rules for one port. */
export async function revoke(
  { ec2 }: Clients,
  GroupId: string,
  direction: Direction,
  port: number,
): Promise<void> {
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  const SecurityGroupRuleIds = SecurityGroupRules.filter(
    ({ IsEgress, FromPort }) => IsEgress === (direction === 'egress') && FromPort === port,
  ).map(({ SecurityGroupRuleId }) => need(SecurityGroupRuleId, 'security group rule id'));
  const input = { GroupId, SecurityGroupRuleIds };
  if (direction === 'ingress') await ec2.send(new RevokeSecurityGroupIngressCommand(input));
  else await ec2.send(new RevokeSecurityGroupEgressCommand(input));
}

/** A prefix list of the account's own; gives its id. */
export async function buildPrefixList(
  { ec2 }: Clients,
  name: string,
  cidrs: readonly string[],
): Promise<string> {
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: name,
      AddressFamily: 'IPv4',
      MaxEntries: cidrs.length,
      Entries: cidrs.map(Cidr => ({ Cidr })),
    }),
  );
  return need(PrefixList?.PrefixListId, 'prefix list id');
}
