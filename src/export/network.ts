import { EC2EIP } from '@awboost/cfn-resource-types/AWS-EC2-EIP';
import { EC2InternetGateway } from '@awboost/cfn-resource-types/AWS-EC2-InternetGateway';
import { EC2NatGateway } from '@awboost/cfn-resource-types/AWS-EC2-NatGateway';
import { EC2NetworkAcl } from '@awboost/cfn-resource-types/AWS-EC2-NetworkAcl';
import { EC2NetworkAclEntry } from '@awboost/cfn-resource-types/AWS-EC2-NetworkAclEntry';
import { EC2Route } from '@awboost/cfn-resource-types/AWS-EC2-Route';
import { EC2RouteTable } from '@awboost/cfn-resource-types/AWS-EC2-RouteTable';
import { EC2Subnet } from '@awboost/cfn-resource-types/AWS-EC2-Subnet';
import { EC2SubnetNetworkAclAssociation } from '@awboost/cfn-resource-types/AWS-EC2-SubnetNetworkAclAssociation';
import { EC2SubnetRouteTableAssociation } from '@awboost/cfn-resource-types/AWS-EC2-SubnetRouteTableAssociation';
import { EC2VPC } from '@awboost/cfn-resource-types/AWS-EC2-VPC';
import { EC2VPCEndpoint } from '@awboost/cfn-resource-types/AWS-EC2-VPCEndpoint';
import { EC2VPCGatewayAttachment } from '@awboost/cfn-resource-types/AWS-EC2-VPCGatewayAttachment';
import { z } from 'zod';
import { Computed, TagSpecifications, type Translate } from './translation.ts';

const Attribute = z.object({ Value: z.boolean() });
const Dns = z.object({ EnableDnsHostnames: Attribute.optional(), EnableDnsSupport: Attribute.optional() });
const Vpc = z.object({ CidrBlock: z.string(), TagSpecifications });

const createVpc: Translate = ({ id, input, later }) => {
  const { CidrBlock, TagSpecifications: Tags } = Vpc.parse(input);
  const settings = later('ec2:ModifyVpcAttribute').map(set => Dns.parse(set));
  const EnableDnsHostnames = settings.some(({ EnableDnsHostnames: set }) => set?.Value === true);
  return [new EC2VPC(id, { CidrBlock, EnableDnsSupport: true, EnableDnsHostnames, Tags })];
};

/** {@link createVpc} says it, of a VPC that the plan creates. */
const modifyVpcAttribute: Translate = () => [];

const Tagged = z.object({ TagSpecifications });

const createInternetGateway: Translate = ({ id, input }) => [
  new EC2InternetGateway(id, { Tags: Tagged.parse(input).TagSpecifications }),
];

const Attachment = z.object({ InternetGatewayId: Computed, VpcId: Computed });

const attachInternetGateway: Translate = ({ id, input }) => [
  new EC2VPCGatewayAttachment(id, Attachment.parse(input)),
];

const allocateAddress: Translate = ({ id, input, attachments }) => [
  new EC2EIP(
    id,
    { Domain: 'vpc', Tags: Tagged.parse(input).TagSpecifications },
    { DependsOn: [...attachments] },
  ),
];

const NatGateway = z.object({ SubnetId: Computed, AllocationId: Computed, TagSpecifications });

/** It waits for the attachment of the internet gateway, as its route does. */
const createNatGateway: Translate = ({ id, input, attachments }) => {
  const { TagSpecifications: Tags, ...gateway } = NatGateway.parse(input);
  return [new EC2NatGateway(id, { ...gateway, Tags }, { DependsOn: [...attachments] })];
};

const Subnet = z.object({
  VpcId: Computed,
  CidrBlock: z.string(),
  AvailabilityZone: Computed,
  TagSpecifications,
});

const createSubnet: Translate = ({ id, input }) => {
  const { TagSpecifications: Tags, ...subnet } = Subnet.parse(input);
  return [new EC2Subnet(id, { ...subnet, MapPublicIpOnLaunch: false, Tags })];
};

const InVpc = z.object({ VpcId: Computed, TagSpecifications });

const createRouteTable: Translate = ({ id, input }) => {
  const { VpcId, TagSpecifications: Tags } = InVpc.parse(input);
  return [new EC2RouteTable(id, { VpcId, Tags })];
};

const TableAssociation = z.object({ RouteTableId: Computed, SubnetId: Computed });

const associateRouteTable: Translate = ({ id, input }) => [
  new EC2SubnetRouteTableAssociation(id, TableAssociation.parse(input)),
];

const Route = z.object({
  RouteTableId: Computed,
  DestinationCidrBlock: z.string(),
  GatewayId: Computed.optional(),
  NatGatewayId: Computed.optional(),
});

/** CloudFormation cannot tell that a route through a gateway waits for the gateway's attachment. */
const createRoute: Translate = ({ id, input, attachments }) => [
  new EC2Route(id, Route.parse(input), { DependsOn: [...attachments] }),
];

const createNetworkAcl: Translate = ({ id, input }) => {
  const { VpcId, TagSpecifications: Tags } = InVpc.parse(input);
  return [new EC2NetworkAcl(id, { VpcId, Tags })];
};

const Entry = z.object({
  NetworkAclId: Computed,
  RuleNumber: z.int(),
  Egress: z.boolean(),
  RuleAction: z.string(),
  Protocol: z.coerce.number(),
  CidrBlock: z.string().optional(),
  Ipv6CidrBlock: z.string().optional(),
  PortRange: z.object({ From: z.int(), To: z.int() }).optional(),
  IcmpTypeCode: z.object({ Type: z.int(), Code: z.int() }).optional(),
});

const createNetworkAclEntry: Translate = ({ id, input }) => {
  const { IcmpTypeCode: Icmp, ...entry } = Entry.parse(input);
  return [new EC2NetworkAclEntry(id, { ...entry, ...(Icmp !== undefined && { Icmp }) })];
};

const AclAssociation = z.object({ NetworkAclId: Computed });

const replaceNetworkAclAssociation: Translate = ({ id, input, object }) => [
  new EC2SubnetNetworkAclAssociation(id, { ...AclAssociation.parse(input), SubnetId: object }),
];

const Endpoint = z.object({
  VpcId: Computed,
  ServiceName: Computed,
  VpcEndpointType: z.enum(['Gateway', 'Interface']),
  RouteTableIds: z.array(Computed).optional(),
  SubnetIds: z.array(Computed).optional(),
  SecurityGroupIds: z.array(Computed).optional(),
  PrivateDnsEnabled: z.boolean().optional(),
  TagSpecifications,
});

const createVpcEndpoint: Translate = ({ id, input }) => {
  const { TagSpecifications: Tags, ...endpoint } = Endpoint.parse(input);
  return [new EC2VPCEndpoint(id, { ...endpoint, Tags })];
};

/** What a template says for each call of EC2's that builds the network. */
export const network = {
  'ec2:CreateVpc': createVpc,
  'ec2:ModifyVpcAttribute': modifyVpcAttribute,
  'ec2:CreateInternetGateway': createInternetGateway,
  'ec2:AttachInternetGateway': attachInternetGateway,
  'ec2:AllocateAddress': allocateAddress,
  'ec2:CreateNatGateway': createNatGateway,
  'ec2:CreateSubnet': createSubnet,
  'ec2:CreateRouteTable': createRouteTable,
  'ec2:AssociateRouteTable': associateRouteTable,
  'ec2:CreateRoute': createRoute,
  'ec2:CreateNetworkAcl': createNetworkAcl,
  'ec2:CreateNetworkAclEntry': createNetworkAclEntry,
  'ec2:ReplaceNetworkAclAssociation': replaceNetworkAclAssociation,
  'ec2:CreateVpcEndpoint': createVpcEndpoint,
} satisfies Record<string, Translate>;
