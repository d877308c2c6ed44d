import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients.ts';
import { account } from '../emulator.ts';
import { named, need } from './named.ts';
import { cidrs, endpointServices, gatewayServices, subnetCidrs, type Tier } from './rows.ts';

const byTier = async <T>(make: (tier: Tier) => Promise<T>): Promise<Record<Tier, T>> => ({
  public: await make('public'),
  private: await make('private'),
  database: await make('database'),
});

/** Takes away the VPC that every account has in every Region, so that the one that is built is the only one. */
export async function deleteDefaultVpc({ ec2 }: Clients): Promise<void> {
  const { Vpcs = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
  );
  for (const { VpcId = '' } of Vpcs) {
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
    );
    for (const { SubnetId } of Subnets) await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await ec2.send(new DeleteVpcCommand({ VpcId }));
  }
}

/** Gives the VPC's id. */
export async function buildVpc({ ec2 }: Clients): Promise<string> {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: cidrs.vpc, TagSpecifications: named('vpc', 'securecart') }),
  );
  const VpcId = need(Vpc?.VpcId, 'VPC id');
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: true } }));
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  return VpcId;
}

/** Gives each tier's two subnets, in the Availability Zones of these letters. */
export const buildSubnets = (
  { ec2 }: Clients,
  VpcId: string,
  zones: 'ab' | 'aa' = 'ab',
): Promise<Record<Tier, string[]>> =>
  byTier(async tier => {
    const ids: string[] = [];
    for (const [index, CidrBlock] of subnetCidrs[tier].entries()) {
      const zone = zones.charAt(index);
      const { Subnet } = await ec2.send(
        new CreateSubnetCommand({
          VpcId,
          CidrBlock,
          AvailabilityZone: `${await ec2.config.region()}${zone}`,
          TagSpecifications: named('subnet', `securecart-${tier}-${zone}`),
        }),
      );
      ids.push(need(Subnet?.SubnetId, 'subnet id'));
    }
    return ids;
  });

/** A route table for each tier, of which the public one leads to the internet; gives their ids, and the gateway's. */
export async function buildRouting({ ec2 }: Clients, VpcId: string, subnets: Record<Tier, string[]>) {
  const { InternetGateway } = await ec2.send(
    new CreateInternetGatewayCommand({ TagSpecifications: named('internet-gateway', 'securecart') }),
  );
  const gateway = need(InternetGateway?.InternetGatewayId, 'internet gateway id');
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId: gateway }));
  const routeTables = await byTier(async tier => {
    const { RouteTable } = await ec2.send(
      new CreateRouteTableCommand({ VpcId, TagSpecifications: named('route-table', `securecart-${tier}`) }),
    );
    const RouteTableId = need(RouteTable?.RouteTableId, 'route table id');
    for (const SubnetId of subnets[tier])
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    return RouteTableId;
  });
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: routeTables.public,
      DestinationCidrBlock: cidrs.anywhere,
      GatewayId: gateway,
    }),
  );
  return { gateway, routeTables };
}

/** The private tier's ways to AWS: S3 and DynamoDB by its routes, the rest by interfaces with private DNS; gives the endpoints' ids by service. */
export async function buildEndpoints(
  { ec2 }: Clients,
  { vpc, routeTable, subnets, group }: { vpc: string; routeTable: string; subnets: string[]; group: string },
): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  const create = async (
    service: string,
    how: Partial<ConstructorParameters<typeof CreateVpcEndpointCommand>[0]>,
  ) => {
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId: vpc,
        ServiceName: `com.amazonaws.${await ec2.config.region()}.${service}`,
        TagSpecifications: named('vpc-endpoint', `securecart-${service}`),
        ...how,
      }),
    );
    made[service] = need(VpcEndpoint?.VpcEndpointId, 'VPC endpoint id');
  };
  for (const service of gatewayServices) {
    await create(service, { VpcEndpointType: 'Gateway', RouteTableIds: [routeTable] });
  }
  for (const service of endpointServices) {
    await create(service, {
      VpcEndpointType: 'Interface',
      SubnetIds: subnets,
      SecurityGroupIds: [group],
      PrivateDnsEnabled: true,
    });
  }
  return made;
}

/** The whole VPC's traffic, into a log group of its own. */
export async function buildFlowLogs({ ec2, logs }: Clients, vpc: string): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'securecart-flow' }));
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceIds: [vpc],
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: 'securecart-flow',
      DeliverLogsPermissionArn: `arn:aws:iam::${account}:role/securecart-flow`,
    }),
  );
}
