import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteFlowLogsCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  ModifyVpcAttributeCommand,
  ModifyVpcEndpointCommand,
  ReleaseAddressCommand,
  ReplaceRouteTableAssociationCommand,
  type UnsuccessfulItem,
} from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { CallError } from '../../aws/errors.ts';
import { once } from '../../aws/once.ts';
import type { Operation } from '../writer.ts';
import { operation, tagsFor } from './operation.ts';

const AttributeValue = z.strictObject({ Value: z.boolean() });
const Route = {
  RouteTableId: z.string(),
  DestinationCidrBlock: z.string().optional(),
  DestinationIpv6CidrBlock: z.string().optional(),
  DestinationPrefixListId: z.string().optional(),
};
const Attachment = z.strictObject({ InternetGatewayId: z.string(), VpcId: z.string() });

/** The mutating operations of EC2 that build a network, and take it down. */
export const networkOperations = {
  CreateVpc: operation(
    'CreateVpc',
    z.strictObject({ CidrBlock: z.string(), TagSpecifications: tagsFor('vpc') }),
    async (client, input) => ({ created: (await client.send(once(new CreateVpcCommand(input)))).Vpc?.VpcId }),
  ),
  DeleteVpc: operation('DeleteVpc', z.strictObject({ VpcId: z.string() }), (client, input) =>
    client.send(new DeleteVpcCommand(input)),
  ),
  // It has no DryRun.
  ModifyVpcAttribute: {
    ...operation(
      'ModifyVpcAttribute',
      z.strictObject({
        VpcId: z.string(),
        EnableDnsSupport: AttributeValue.optional(),
        EnableDnsHostnames: AttributeValue.optional(),
      }),
      (client, { VpcId, EnableDnsSupport, EnableDnsHostnames }) =>
        client.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport, EnableDnsHostnames })),
    ),
    rehearsable: false,
  },
  CreateInternetGateway: operation(
    'CreateInternetGateway',
    z.strictObject({ TagSpecifications: tagsFor('internet-gateway') }),
    async (client, input) => {
      const { InternetGateway: made } = await client.send(once(new CreateInternetGatewayCommand(input)));
      return { created: made?.InternetGatewayId };
    },
  ),
  DeleteInternetGateway: operation(
    'DeleteInternetGateway',
    z.strictObject({ InternetGatewayId: z.string() }),
    (client, input) => client.send(new DeleteInternetGatewayCommand(input)),
  ),
  AttachInternetGateway: operation('AttachInternetGateway', Attachment, (client, input) =>
    client.send(new AttachInternetGatewayCommand(input)),
  ),
  DetachInternetGateway: operation('DetachInternetGateway', Attachment, (client, input) =>
    client.send(new DetachInternetGatewayCommand(input)),
  ),
  AllocateAddress: operation(
    'AllocateAddress',
    z.strictObject({ Domain: z.literal('vpc'), TagSpecifications: tagsFor('elastic-ip') }),
    async (client, input) => ({
      created: (await client.send(once(new AllocateAddressCommand(input)))).AllocationId,
    }),
  ),
  ReleaseAddress: operation('ReleaseAddress', z.strictObject({ AllocationId: z.string() }), (client, input) =>
    client.send(new ReleaseAddressCommand(input)),
  ),
  CreateNatGateway: operation(
    'CreateNatGateway',
    z.strictObject({
      SubnetId: z.string(),
      AllocationId: z.string(),
      ClientToken: z.string(),
      TagSpecifications: tagsFor('natgateway'),
    }),
    async (client, input) => ({
      created: (await client.send(new CreateNatGatewayCommand(input))).NatGateway?.NatGatewayId,
    }),
  ),
  DeleteNatGateway: operation(
    'DeleteNatGateway',
    z.strictObject({ NatGatewayId: z.string() }),
    (client, input) => client.send(new DeleteNatGatewayCommand(input)),
  ),
  CreateSubnet: operation(
    'CreateSubnet',
    z.strictObject({
      VpcId: z.string(),
      CidrBlock: z.string(),
      AvailabilityZone: z.string(),
      TagSpecifications: tagsFor('subnet'),
    }),
    async (client, input) => ({
      created: (await client.send(once(new CreateSubnetCommand(input)))).Subnet?.SubnetId,
    }),
  ),
  DeleteSubnet: operation('DeleteSubnet', z.strictObject({ SubnetId: z.string() }), (client, input) =>
    client.send(new DeleteSubnetCommand(input)),
  ),
  CreateRouteTable: operation(
    'CreateRouteTable',
    z.strictObject({
      VpcId: z.string(),
      ClientToken: z.string(),
      TagSpecifications: tagsFor('route-table'),
    }),
    async (client, input) => ({
      created: (await client.send(new CreateRouteTableCommand(input))).RouteTable?.RouteTableId,
    }),
  ),
  DeleteRouteTable: operation(
    'DeleteRouteTable',
    z.strictObject({ RouteTableId: z.string() }),
    (client, input) => client.send(new DeleteRouteTableCommand(input)),
  ),
  AssociateRouteTable: operation(
    'AssociateRouteTable',
    z.strictObject({ RouteTableId: z.string(), SubnetId: z.string() }),
    (client, input) => client.send(new AssociateRouteTableCommand(input)),
  ),
  ReplaceRouteTableAssociation: operation(
    'ReplaceRouteTableAssociation',
    z.strictObject({ AssociationId: z.string(), RouteTableId: z.string() }),
    (client, input) => client.send(new ReplaceRouteTableAssociationCommand(input)),
  ),
  DisassociateRouteTable: operation(
    'DisassociateRouteTable',
    z.strictObject({ AssociationId: z.string() }),
    (client, input) => client.send(new DisassociateRouteTableCommand(input)),
  ),
  CreateRoute: operation(
    'CreateRoute',
    z.strictObject({
      ...Route,
      GatewayId: z.string().optional(),
      EgressOnlyInternetGatewayId: z.string().optional(),
      NatGatewayId: z.string().optional(),
      TransitGatewayId: z.string().optional(),
      VpcPeeringConnectionId: z.string().optional(),
      NetworkInterfaceId: z.string().optional(),
    }),
    (client, input) => client.send(new CreateRouteCommand(input)),
  ),
  DeleteRoute: operation('DeleteRoute', z.strictObject(Route), (client, input) =>
    client.send(new DeleteRouteCommand(input)),
  ),
  CreateVpcEndpoint: operation(
    'CreateVpcEndpoint',
    z.strictObject({
      VpcId: z.string(),
      ServiceName: z.string(),
      VpcEndpointType: z.enum(['Gateway', 'Interface']),
      ClientToken: z.string(),
      RouteTableIds: z.array(z.string()).optional(),
      SubnetIds: z.array(z.string()).optional(),
      SecurityGroupIds: z.array(z.string()).optional(),
      PrivateDnsEnabled: z.boolean().optional(),
      TagSpecifications: tagsFor('vpc-endpoint'),
    }),
    async (client, input) => ({
      created: (await client.send(new CreateVpcEndpointCommand(input))).VpcEndpoint?.VpcEndpointId,
    }),
  ),
  DeleteVpcEndpoints: operation(
    'DeleteVpcEndpoints',
    z.strictObject({ VpcEndpointIds: z.array(z.string()).length(1) }),
    async (client, input) => {
      const { Unsuccessful: failed } = await client.send(new DeleteVpcEndpointsCommand(input));
      demandSuccess('ec2:DeleteVpcEndpoints', failed);
      return {};
    },
  ),
  ModifyVpcEndpoint: operation(
    'ModifyVpcEndpoint',
    z.strictObject({
      VpcEndpointId: z.string(),
      AddRouteTableIds: z.array(z.string()).optional(),
      RemoveRouteTableIds: z.array(z.string()).optional(),
      AddSubnetIds: z.array(z.string()).optional(),
      RemoveSubnetIds: z.array(z.string()).optional(),
      PrivateDnsEnabled: z.boolean().optional(),
    }),
    (client, input) => client.send(new ModifyVpcEndpointCommand(input)),
  ),
  CreateFlowLogs: operation(
    'CreateFlowLogs',
    z.strictObject({
      ResourceIds: z.array(z.string()).length(1),
      ResourceType: z.literal('VPC'),
      TrafficType: z.literal('ALL'),
      LogDestinationType: z.literal('cloud-watch-logs'),
      LogGroupName: z.string(),
      DeliverLogsPermissionArn: z.string(),
      ClientToken: z.string(),
      TagSpecifications: tagsFor('vpc-flow-log'),
    }),
    async (client, input) => {
      const { FlowLogIds: ids = [], Unsuccessful: failed } = await client.send(
        new CreateFlowLogsCommand(input),
      );
      demandSuccess('ec2:CreateFlowLogs', failed);
      return { created: ids[0] };
    },
  ),
  DeleteFlowLogs: operation(
    'DeleteFlowLogs',
    z.strictObject({ FlowLogIds: z.array(z.string()).length(1) }),
    async (client, input) => {
      const { Unsuccessful: failed } = await client.send(new DeleteFlowLogsCommand(input));
      demandSuccess('ec2:DeleteFlowLogs', failed);
      return {};
    },
  ),
  CreateSecurityGroup: operation(
    'CreateSecurityGroup',
    z.strictObject({
      GroupName: z.string(),
      Description: z.string(),
      VpcId: z.string(),
      TagSpecifications: tagsFor('security-group'),
    }),
    async (client, input) => ({
      created: (await client.send(new CreateSecurityGroupCommand(input))).GroupId,
    }),
  ),
  DeleteSecurityGroup: operation(
    'DeleteSecurityGroup',
    z.strictObject({ GroupId: z.string() }),
    (client, input) => client.send(new DeleteSecurityGroupCommand(input)),
  ),
} as const satisfies Record<string, Operation>;

/** Throws for a call that is answered with 200, and says in its body that it failed. */
function demandSuccess(call: string, [failed]: readonly UnsuccessfulItem[] = []): void {
  if (failed === undefined) return;
  const { Code: code = 'Unsuccessful', Message: message } = failed.Error ?? {};
  const refusal = { code, $metadata: { httpStatusCode: 400 } };
  throw new CallError(call, Object.assign(new Error(message), refusal));
}
