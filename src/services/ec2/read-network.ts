import type * as sdk from '@aws-sdk/client-ec2';
import { given, sortedBy, tagsOf } from '../reader.ts';
import type {
  ElasticIp,
  FlowLog,
  InternetGateway,
  NatGateway,
  NetworkInterface,
  Route,
  RouteTable,
  Subnet,
  Vpc,
  VpcEndpoint,
} from './facts.ts';

export function vpc(from: sdk.Vpc): Vpc {
  const primary = given(from.CidrBlock, 'CidrBlock of a VPC');
  const others = (from.CidrBlockAssociationSet ?? [])
    .filter(({ CidrBlockState: state }) => state?.State === 'associated')
    .flatMap(({ CidrBlock: cidr }) => (cidr === undefined || cidr === primary ? [] : [cidr]));
  return {
    id: given(from.VpcId, 'VpcId'),
    owner: given(from.OwnerId, 'OwnerId of a VPC'),
    isDefault: from.IsDefault ?? false,
    cidrs: [primary, ...others.sort()],
    ipv6Cidrs: ipv6Cidrs(from.Ipv6CidrBlockAssociationSet),
    tags: tagsOf(from.Tags),
  };
}

export const subnet = (from: sdk.Subnet): Subnet => ({
  id: given(from.SubnetId, 'SubnetId'),
  arn: given(from.SubnetArn, 'SubnetArn'),
  vpc: given(from.VpcId, 'VpcId of a subnet'),
  owner: given(from.OwnerId, 'OwnerId of a subnet'),
  ...(from.CidrBlock !== undefined && { cidr: from.CidrBlock }),
  ipv6Cidrs: ipv6Cidrs(from.Ipv6CidrBlockAssociationSet),
  zone: given(from.AvailabilityZone, 'AvailabilityZone of a subnet'),
  zoneId: given(from.AvailabilityZoneId, 'AvailabilityZoneId of a subnet'),
  publicIpOnLaunch: from.MapPublicIpOnLaunch ?? false,
  tags: tagsOf(from.Tags),
});

function ipv6Cidrs(
  associations: readonly (sdk.VpcIpv6CidrBlockAssociation | sdk.SubnetIpv6CidrBlockAssociation)[] = [],
): string[] {
  return associations
    .filter(({ Ipv6CidrBlockState: state }) => state?.State === 'associated')
    .flatMap(({ Ipv6CidrBlock: cidr }) => cidr ?? [])
    .sort();
}

export const routeTable = (from: sdk.RouteTable): RouteTable => ({
  id: given(from.RouteTableId, 'RouteTableId'),
  vpc: given(from.VpcId, 'VpcId of a route table'),
  owner: given(from.OwnerId, 'OwnerId of a route table'),
  isMain: (from.Associations ?? []).some(({ Main: main }) => main === true),
  // An association without a subnet is the main one, or that of a gateway (edge routing).
  subnets: (from.Associations ?? []).flatMap(({ SubnetId: id }) => id ?? []).sort(),
  routes: sortedBy((from.Routes ?? []).map(route), ({ destination }) =>
    destination.kind === 'prefix-list' ? destination.id : destination.cidr,
  ),
  tags: tagsOf(from.Tags),
});

function route(from: sdk.Route): Route {
  const active = from.State !== 'blackhole';
  const target =
    from.GatewayId ??
    from.NatGatewayId ??
    from.EgressOnlyInternetGatewayId ??
    from.TransitGatewayId ??
    from.VpcPeeringConnectionId ??
    from.NetworkInterfaceId ??
    from.InstanceId ??
    from.LocalGatewayId ??
    from.CarrierGatewayId ??
    from.CoreNetworkArn ??
    from.OdbNetworkArn;
  // A way out of a kind that this program has never heard of must not pass for none.
  return {
    destination: destination(from),
    target: active ? given(target, 'target of a route') : (target ?? 'none'),
    active,
  };
}

function destination(from: sdk.Route): Route['destination'] {
  if (from.DestinationCidrBlock !== undefined) return { kind: 'ipv4', cidr: from.DestinationCidrBlock };
  if (from.DestinationIpv6CidrBlock !== undefined)
    return { kind: 'ipv6', cidr: from.DestinationIpv6CidrBlock };
  return { kind: 'prefix-list', id: given(from.DestinationPrefixListId, 'destination of a route') };
}

export const internetGateway = (from: sdk.InternetGateway): InternetGateway => ({
  id: given(from.InternetGatewayId, 'InternetGatewayId'),
  owner: given(from.OwnerId, 'OwnerId of an internet gateway'),
  vpcs: (from.Attachments ?? []).flatMap(({ VpcId: id }) => id ?? []).sort(),
  tags: tagsOf(from.Tags),
});

export const elasticIp = (from: sdk.Address): ElasticIp => ({
  id: given(from.AllocationId, 'AllocationId'),
  inUse: from.AssociationId !== undefined,
  tags: tagsOf(from.Tags),
});

export function natGateway(from: sdk.NatGateway): NatGateway {
  const addresses = (from.NatGatewayAddresses ?? [])
    .toSorted((a, b) => Number(b.IsPrimary ?? false) - Number(a.IsPrimary ?? false))
    .flatMap(({ AllocationId: id }) => id ?? []);
  return {
    id: given(from.NatGatewayId, 'NatGatewayId'),
    vpc: given(from.VpcId, 'VpcId of a NAT gateway'),
    ...(from.SubnetId !== undefined && { subnet: from.SubnetId }),
    state: given(from.State, 'State of a NAT gateway'),
    connectivity: from.ConnectivityType ?? 'public',
    ...(addresses.length > 0 && { addresses }),
    tags: tagsOf(from.Tags),
  };
}

export const vpcEndpoint = (from: sdk.VpcEndpoint): VpcEndpoint => ({
  id: given(from.VpcEndpointId, 'VpcEndpointId'),
  vpc: given(from.VpcId, 'VpcId of an endpoint'),
  owner: given(from.OwnerId, 'OwnerId of an endpoint'),
  type: given(from.VpcEndpointType, 'VpcEndpointType'),
  // VPC Lattice's endpoints lead to a resource or a network of services instead.
  service: given(
    from.ServiceName ?? from.ResourceConfigurationArn ?? from.ServiceNetworkArn,
    'ServiceName of an endpoint',
  ),
  state: given(from.State, 'State of an endpoint'),
  privateDns: from.PrivateDnsEnabled ?? false,
  routeTables: [...(from.RouteTableIds ?? [])].sort(),
  subnets: [...(from.SubnetIds ?? [])].sort(),
  securityGroups: (from.Groups ?? []).flatMap(({ GroupId: id }) => id ?? []).sort(),
  tags: tagsOf(from.Tags),
});

export function networkInterface(from: sdk.NetworkInterface): NetworkInterface {
  // An Elastic IP may be that of a secondary private address: what is not told of the first is told of each.
  const associations = [from, ...(from.PrivateIpAddresses ?? [])].map(({ Association }) => Association);
  const publicAddress = associations.find(association => association?.PublicIp !== undefined)?.PublicIp;
  const instance = from.Attachment?.InstanceId;
  return {
    id: given(from.NetworkInterfaceId, 'NetworkInterfaceId'),
    vpc: given(from.VpcId, 'VpcId of a network interface'),
    subnet: given(from.SubnetId, 'SubnetId of a network interface'),
    owner: given(from.OwnerId, 'OwnerId of a network interface'),
    type: given(from.InterfaceType, 'InterfaceType'),
    ...(from.RequesterId !== undefined && { requester: from.RequesterId }),
    description: from.Description ?? '',
    securityGroups: (from.Groups ?? []).flatMap(({ GroupId: id }) => id ?? []).sort(),
    privateAddresses: (from.PrivateIpAddresses ?? []).flatMap(
      ({ PrivateIpAddress: address }) => address ?? [],
    ),
    ipv6Addresses: (from.Ipv6Addresses ?? []).flatMap(({ Ipv6Address: address }) => address ?? []),
    ...(publicAddress !== undefined && { publicAddress }),
    ...(instance !== undefined && { instance }),
    tags: tagsOf(from.TagSet),
  };
}

export function flowLog(from: sdk.FlowLog): FlowLog {
  const tags = tagsOf(from.Tags);
  return {
    id: given(from.FlowLogId, 'FlowLogId'),
    resource: given(from.ResourceId, 'ResourceId of a flow log'),
    status: given(from.FlowLogStatus, 'FlowLogStatus'),
    ...(from.DeliverLogsStatus === 'FAILED' && { failure: from.DeliverLogsErrorMessage ?? 'FAILED' }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}
