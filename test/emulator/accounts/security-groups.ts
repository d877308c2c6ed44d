import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';
import { named, need } from './named.ts';
import { type Component, components, type GatewayService, type GroupPeer, type GroupRow } from './rows.ts';

export type Groups = Record<Component, string>;

/** The five components' groups, without any rule; gives their ids. */
export async function buildGroups(clients: Clients, vpc: string, tagged: boolean): Promise<Groups> {
  const create = (component: Component) => buildGroup(clients, vpc, component, tagged);
  return {
    alb: await create('alb'),
    backend: await create('backend'),
    rds: await create('rds'),
    lambda: await create('lambda'),
    endpoints: await create('endpoints'),
  };
}

async function buildGroup(
  clients: Clients,
  vpc: string,
  component: Component,
  tagged: boolean,
): Promise<string> {
  const tag: Record<string, string> = tagged ? { 'securecart:component': component } : {};
  const { GroupId } = await clients.ec2.send(
    new CreateSecurityGroupCommand({
      VpcId: vpc,
      GroupName: `securecart-${component}`,
      Description: `SecureCart ${component}`,
      TagSpecifications: named('security-group', `securecart-${component}`, tag),
    }),
  );
  const group = need(GroupId, 'security group id');
  // Every new group may reach everything; no component of SecureCart may.
  await emptyGroup(clients, group);
  return group;
}

/** Takes every rule from a group. */
export async function emptyGroup({ ec2 }: Clients, GroupId: string): Promise<void> {
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  const ids = (egress: boolean) =>
    SecurityGroupRules.filter(({ IsEgress }) => IsEgress === egress).flatMap(
      ({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? [],
    );
  if (ids(false).length > 0) {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: ids(false) }));
  }
  if (ids(true).length > 0) {
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds: ids(true) }));
  }
}

/** Empties the group that the VPC came with; gives its id. */
export async function closeDefaultGroup(clients: Clients, vpc: string): Promise<string> {
  const { SecurityGroups = [] } = await clients.ec2.send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: 'vpc-id', Values: [vpc] },
        { Name: 'group-name', Values: ['default'] },
      ],
    }),
  );
  const group = need(SecurityGroups[0]?.GroupId, 'default security group');
  await emptyGroup(clients, group);
  return group;
}

/** Gives the groups the rules that the rows state. */
export async function buildGroupRules(
  { ec2 }: Clients,
  groups: Groups,
  rows: readonly GroupRow[],
): Promise<void> {
  const lists = await prefixLists(ec2);
  for (const component of components) {
    const GroupId = groups[component];
    const permissions = (direction: GroupRow['direction']) =>
      rows
        .filter(row => row.component === component && row.direction === direction)
        .map(({ port, peer }) => ({
          IpProtocol: 'tcp',
          FromPort: port,
          ToPort: port,
          ...peerOf(peer, groups, lists),
        }));
    const ingress = permissions('ingress');
    const egress = permissions('egress');
    if (ingress.length > 0)
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ingress }));
    if (egress.length > 0)
      await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: egress }));
  }
}

type PrefixLists = Record<GatewayService, string>;

function peerOf(peer: GroupPeer, groups: Groups, lists: PrefixLists): IpPermission {
  if ('service' in peer) return { PrefixListIds: [{ PrefixListId: lists[peer.service] }] };
  return 'cidr' in peer
    ? { IpRanges: [{ CidrIp: peer.cidr }] }
    : { UserIdGroupPairs: [{ GroupId: groups[peer.group] }] };
}

const prefixLists = async (ec2: Clients['ec2']): Promise<PrefixLists> => ({
  s3: await prefixList(ec2, 's3'),
  dynamodb: await prefixList(ec2, 'dynamodb'),
});

async function prefixList(ec2: Clients['ec2'], service: GatewayService): Promise<string> {
  const { PrefixLists = [] } = await ec2.send(
    new DescribeManagedPrefixListsCommand({
      Filters: [
        { Name: 'prefix-list-name', Values: [`com.amazonaws.${await ec2.config.region()}.${service}`] },
      ],
    }),
  );
  return need(PrefixLists[0]?.PrefixListId, `prefix list of ${service}`);
}
