import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  ModifySubnetAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
  ReplaceNetworkAclEntryCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { buildCompliantNetwork, type Network } from '../emulator/accounts/compliant-network.ts';
import type { Clients } from '../emulator/clients.ts';

/** A network of which the groups have drifted: rules are gone, and others are too wide. */
export async function buildDriftedGroups(aws: Clients): Promise<Network> {
  const network = await buildCompliantNetwork(aws, { tagged: true });
  const { SecurityGroupRules: rules = [] } = await aws.ec2.send(new DescribeSecurityGroupRulesCommand({}));
  for (const GroupId of [network.groups.alb, network.groups.backend]) {
    const [last] = rules.filter(rule => rule.GroupId === GroupId && rule.IsEgress === true).slice(-1);
    const SecurityGroupRuleIds = [last?.SecurityGroupRuleId ?? ''];
    await aws.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds }));
  }
  await aws.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: network.groups.backend,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 0,
          ToPort: 65535,
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'for the launch day' }],
        },
      ],
    }),
  );
  await aws.ec2.send(
    new AuthorizeSecurityGroupEgressCommand({
      GroupId: network.defaultGroup,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    }),
  );
  return network;
}

/** What a fix may change in an account, by what it says: no ids that AWS makes anew, lists in one order. */
export async function canonicalState(aws: Clients): Promise<string[]> {
  const [groups, rules, acls, subnets] = await Promise.all([
    aws.ec2.send(new DescribeSecurityGroupsCommand({})),
    aws.ec2.send(new DescribeSecurityGroupRulesCommand({})),
    aws.ec2.send(new DescribeNetworkAclsCommand({})),
    aws.ec2.send(new DescribeSubnetsCommand({})),
  ]);
  const texts = [
    ...(groups.SecurityGroups ?? []).map(({ GroupId, Description, Tags }) => ({
      GroupId,
      Description,
      Tags,
    })),
    ...(rules.SecurityGroupRules ?? []).map(rule => ({
      ...rule,
      SecurityGroupRuleId: undefined,
      SecurityGroupRuleArn: undefined,
    })),
    ...(acls.NetworkAcls ?? []).map(({ Associations = [], ...acl }) => ({
      ...acl,
      NetworkAclId: undefined,
      Associations: Associations.map(({ SubnetId = '' }) => SubnetId).sort(),
    })),
    ...(subnets.Subnets ?? []).map(({ SubnetId, MapPublicIpOnLaunch }) => ({
      SubnetId,
      MapPublicIpOnLaunch,
    })),
  ].map(item => JSON.stringify(item));
  return texts.sort();
}

/** A network whose NACLs are the VPC's default one and one that is too wide, and whose public subnets hand out addresses. */
export async function buildDriftedAcls(aws: Clients): Promise<Network> {
  const network = await buildCompliantNetwork(aws, { tagged: true });
  const { NetworkAcls: acls = [] } = await aws.ec2.send(new DescribeNetworkAclsCommand({}));
  const fallback = acls.find(({ IsDefault, VpcId }) => IsDefault === true && VpcId === network.vpc);
  const associations = acls.flatMap(({ Associations = [] }) => Associations);
  for (const subnet of network.subnets.database) {
    const association = associations.find(({ SubnetId }) => SubnetId === subnet);
    await aws.ec2.send(
      new ReplaceNetworkAclAssociationCommand({
        AssociationId: association?.NetworkAclAssociationId,
        NetworkAclId: fallback?.NetworkAclId,
      }),
    );
  }
  await aws.ec2.send(
    new ReplaceNetworkAclEntryCommand({
      NetworkAclId: network.acls.private,
      Egress: false,
      RuleNumber: 200,
      RuleAction: 'allow',
      Protocol: '-1',
      CidrBlock: '0.0.0.0/0',
    }),
  );
  await aws.ec2.send(
    new ModifySubnetAttributeCommand({
      SubnetId: network.subnets.public[0],
      MapPublicIpOnLaunch: { Value: true },
    }),
  );
  return network;
}
