import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from '@aws-sdk/client-ec2';
import { buildCompliantNetwork, type Network } from '../emulator/accounts/compliant-network.ts';
import type { Clients } from '../emulator/clients.ts';

/** A network of which the groups have drifted: too wide, too narrow, with a tag and descriptions that are to be kept. */
export async function buildDriftedGroups(aws: Clients): Promise<Network> {
  const network = await buildCompliantNetwork(aws, { tagged: true, literal: true });
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
    ...(rules.SecurityGroupRules ?? []).map(
      ({ SecurityGroupRuleId: _, SecurityGroupRuleArn: __, ...rule }) => rule,
    ),
    ...(acls.NetworkAcls ?? []).map(({ Associations = [], ...acl }) => ({
      ...acl,
      Associations: Associations.map(({ SubnetId }) => SubnetId).sort(),
    })),
    ...(subnets.Subnets ?? []).map(({ SubnetId, MapPublicIpOnLaunch }) => ({
      SubnetId,
      MapPublicIpOnLaunch,
    })),
  ].map(item => JSON.stringify(item));
  return texts.sort();
}
