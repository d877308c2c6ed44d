import type * as sdk from '@aws-sdk/client-ec2';
import { given, sortedBy, tagsOf } from '../reader.ts';
import type { NetworkAcl, NetworkAclEntry, RulePeer, SecurityGroup, SecurityGroupRule } from './facts.ts';

export const securityGroup = (from: sdk.SecurityGroup): SecurityGroup => ({
  id: given(from.GroupId, 'GroupId'),
  name: given(from.GroupName, 'GroupName'),
  vpc: given(from.VpcId, 'VpcId of a security group'),
  owner: given(from.OwnerId, 'OwnerId of a security group'),
  description: from.Description ?? '',
  tags: tagsOf(from.Tags),
});

export const securityGroupRule = (from: sdk.SecurityGroupRule): SecurityGroupRule => ({
  id: given(from.SecurityGroupRuleId, 'SecurityGroupRuleId'),
  group: given(from.GroupId, 'GroupId of a rule'),
  direction: given(from.IsEgress, 'IsEgress of a rule') ? 'egress' : 'ingress',
  protocol: given(from.IpProtocol, 'IpProtocol of a rule'),
  ...(from.FromPort !== undefined && { from: from.FromPort }),
  ...(from.ToPort !== undefined && { to: from.ToPort }),
  peer: peer(from),
  ...(from.Description !== undefined && { description: from.Description }),
  ...(from.Tags !== undefined && from.Tags.length > 0 && { tags: tagsOf(from.Tags) }),
});

function peer(from: sdk.SecurityGroupRule): RulePeer {
  if (from.CidrIpv4 !== undefined) return { kind: 'ipv4', cidr: from.CidrIpv4 };
  if (from.CidrIpv6 !== undefined) return { kind: 'ipv6', cidr: from.CidrIpv6 };
  if (from.PrefixListId !== undefined) return { kind: 'prefix-list', id: from.PrefixListId };
  const group = given(from.ReferencedGroupInfo, 'peer of a security-group rule');
  return {
    kind: 'security-group',
    id: given(group.GroupId, 'GroupId of a referenced group'),
    ...(group.UserId !== undefined && { owner: group.UserId }),
    ...(group.VpcId !== undefined && { vpc: group.VpcId }),
    ...(group.VpcPeeringConnectionId !== undefined && { peeringConnection: group.VpcPeeringConnectionId }),
    ...(group.PeeringStatus !== undefined && { peeringStatus: group.PeeringStatus }),
  };
}

export const networkAcl = (from: sdk.NetworkAcl): NetworkAcl => ({
  id: given(from.NetworkAclId, 'NetworkAclId'),
  vpc: given(from.VpcId, 'VpcId of a network ACL'),
  owner: given(from.OwnerId, 'OwnerId of a network ACL'),
  isDefault: from.IsDefault ?? false,
  entries: (from.Entries ?? [])
    .map(entry)
    .sort((a, b) => Number(a.egress) - Number(b.egress) || a.number - b.number),
  associations: sortedBy(
    (from.Associations ?? []).map(association => ({
      id: given(association.NetworkAclAssociationId, 'NetworkAclAssociationId'),
      subnet: given(association.SubnetId, 'SubnetId of a network ACL association'),
    })),
    ({ id }) => id,
  ),
  tags: tagsOf(from.Tags),
});

function entry(from: sdk.NetworkAclEntry): NetworkAclEntry {
  const { PortRange: ports, IcmpTypeCode: icmp } = from;
  return {
    number: given(from.RuleNumber, 'RuleNumber'),
    egress: given(from.Egress, 'Egress of a network ACL entry'),
    action: given(from.RuleAction, 'RuleAction'),
    protocol: given(from.Protocol, 'Protocol of a network ACL entry'),
    cidr: given(from.CidrBlock ?? from.Ipv6CidrBlock, 'CidrBlock of a network ACL entry'),
    ...(ports?.From !== undefined && ports.To !== undefined && { ports: { from: ports.From, to: ports.To } }),
    ...(icmp?.Type !== undefined &&
      icmp.Code !== undefined && { icmp: { type: icmp.Type, code: icmp.Code } }),
  };
}
