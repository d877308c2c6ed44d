import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateTagsCommand,
  DeleteNetworkAclCommand,
  DeleteTagsCommand,
  ModifySubnetAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { Operation } from '../writer.ts';
import { operation, tagsFor } from './operation.ts';
import { networkOperations } from './write-network.ts';

const description = { Description: z.string().optional() };
const Permission = z.strictObject({
  IpProtocol: z.string(),
  FromPort: z.int().optional(),
  ToPort: z.int().optional(),
  IpRanges: z.array(z.strictObject({ CidrIp: z.string(), ...description })).optional(),
  Ipv6Ranges: z.array(z.strictObject({ CidrIpv6: z.string(), ...description })).optional(),
  PrefixListIds: z.array(z.strictObject({ PrefixListId: z.string(), ...description })).optional(),
  UserIdGroupPairs: z
    .array(
      z.strictObject({
        GroupId: z.string(),
        UserId: z.string().optional(),
        VpcPeeringConnectionId: z.string().optional(),
        ...description,
      }),
    )
    .optional(),
});

const Authorize = z.strictObject({
  GroupId: z.string(),
  IpPermissions: z.array(Permission).length(1),
  TagSpecifications: tagsFor('security-group-rule').optional(),
});

const Revoke = z.strictObject({ GroupId: z.string(), SecurityGroupRuleIds: z.array(z.string()).length(1) });

const Tagging = z.strictObject({
  Resources: z.array(z.string()).length(1),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).length(1),
});

const Entry = z.strictObject({
  NetworkAclId: z.string(),
  RuleNumber: z.int(),
  Egress: z.boolean(),
  RuleAction: z.enum(['allow', 'deny']),
  Protocol: z.string(),
  CidrBlock: z.string().optional(),
  Ipv6CidrBlock: z.string().optional(),
  PortRange: z.strictObject({ From: z.int(), To: z.int() }).optional(),
  IcmpTypeCode: z.strictObject({ Type: z.int(), Code: z.int() }).optional(),
});

/** The mutating operations of EC2 that plans may ask for. */
export const ec2Operations = {
  ...networkOperations,
  AuthorizeSecurityGroupIngress: operation('AuthorizeSecurityGroupIngress', Authorize, (client, input) =>
    client.send(new AuthorizeSecurityGroupIngressCommand(input)),
  ),
  AuthorizeSecurityGroupEgress: operation('AuthorizeSecurityGroupEgress', Authorize, (client, input) =>
    client.send(new AuthorizeSecurityGroupEgressCommand(input)),
  ),
  RevokeSecurityGroupIngress: operation('RevokeSecurityGroupIngress', Revoke, (client, input) =>
    client.send(new RevokeSecurityGroupIngressCommand(input)),
  ),
  RevokeSecurityGroupEgress: operation('RevokeSecurityGroupEgress', Revoke, (client, input) =>
    client.send(new RevokeSecurityGroupEgressCommand(input)),
  ),
  CreateNetworkAcl: operation(
    'CreateNetworkAcl',
    z.strictObject({
      VpcId: z.string(),
      ClientToken: z.string(),
      TagSpecifications: tagsFor('network-acl'),
    }),
    async (client, input) => {
      const { NetworkAcl: acl } = await client.send(new CreateNetworkAclCommand(input));
      return { created: acl?.NetworkAclId };
    },
  ),
  CreateNetworkAclEntry: operation('CreateNetworkAclEntry', Entry, (client, input) =>
    client.send(new CreateNetworkAclEntryCommand(input)),
  ),
  DeleteNetworkAcl: operation(
    'DeleteNetworkAcl',
    z.strictObject({ NetworkAclId: z.string() }),
    (client, input) => client.send(new DeleteNetworkAclCommand(input)),
  ),
  ReplaceNetworkAclAssociation: operation(
    'ReplaceNetworkAclAssociation',
    z.strictObject({ AssociationId: z.string(), NetworkAclId: z.string() }),
    (client, input) => client.send(new ReplaceNetworkAclAssociationCommand(input)),
  ),
  CreateTags: operation('CreateTags', Tagging, (client, input) => client.send(new CreateTagsCommand(input))),
  DeleteTags: operation('DeleteTags', Tagging, (client, input) => client.send(new DeleteTagsCommand(input))),
  // The one of these calls that has no DryRun.
  ModifySubnetAttribute: {
    ...operation(
      'ModifySubnetAttribute',
      z.strictObject({ SubnetId: z.string(), MapPublicIpOnLaunch: z.strictObject({ Value: z.boolean() }) }),
      (client, { SubnetId, MapPublicIpOnLaunch }) =>
        client.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch })),
    ),
    rehearsable: false,
  },
} as const satisfies Record<string, Operation>;
