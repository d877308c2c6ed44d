import { z } from 'zod';
import { askEc2, type Exchange, form, json } from './exchange.ts';
import { firstOf, type Reply, withBody } from './reply.ts';

/** Who made an interface, as DescribeNetworkInterfaces tells it; without a requester or an address, moto's stays. */
export type InterfaceMaker = {
  type: string;
  requester?: string;
  address?: { readonly moto: string; readonly aws: string };
};

/** The network interfaces that AWS makes for a service's resources: moto makes none, or does not say whose they are. */
export const interfaceAmendments: Record<string, (exchange: Exchange, reply: Reply) => Promise<Reply>> = {
  'elasticloadbalancing:CreateLoadBalancer': makeForLoadBalancer,
  'rds:CreateDBInstance': makeForDatabase,
  'ec2:CreateVpcEndpoint': setRightForEndpoint,
  'ec2:DescribeNetworkInterfaces': withMakers,
};

/** One in each subnet. */
async function makeForLoadBalancer(exchange: Exchange, reply: Reply): Promise<Reply> {
  const [, name = ''] = /<LoadBalancerArn>.*?loadbalancer\/(.*?)</.exec(reply.body.toString()) ?? [];
  await makeInterfaces(exchange, {
    subnets: members(exchange, 'Subnets'),
    groups: members(exchange, 'SecurityGroups'),
    description: `ELB ${name}`,
    maker: { type: 'interface', requester: 'amazon-elb' },
  });
  return reply;
}

/** One, in a subnet of its subnet group. */
async function makeForDatabase(exchange: Exchange, reply: Reply): Promise<Reply> {
  await makeInterfaces(exchange, {
    subnets: [firstOf(/<SubnetIdentifier>(.+?)</, reply)],
    groups: members(exchange, 'VpcSecurityGroupIds'),
    description: 'RDSNetworkInterface',
    maker: { type: 'interface', requester: 'amazon-rds' },
  });
  return reply;
}

const FunctionInVpc = z.object({
  FunctionName: z.string(),
  VpcConfig: z
    .object({ SubnetIds: z.array(z.string()), SecurityGroupIds: z.array(z.string()) })
    .default({ SubnetIds: [], SecurityGroupIds: [] }),
});

/** One in each subnet. AWS shares one among the functions with the same groups; here each has its own. */
export async function makeFunctionInterfaces(exchange: Exchange, reply: Reply): Promise<Reply> {
  const { FunctionName, VpcConfig } = FunctionInVpc.parse(json(exchange.request.body));
  await makeInterfaces(exchange, {
    subnets: VpcConfig.SubnetIds,
    groups: VpcConfig.SecurityGroupIds,
    description: `AWS Lambda VPC ENI-${FunctionName}`,
    maker: { type: 'lambda', requester: 'AROAEMULATOR00000000:awslambda' },
  });
  return reply;
}

/**
 * moto puts an endpoint's interfaces into the VPC's default group, with any address of 10.0.0.0/8; AWS puts them into the
 * endpoint's own groups, with an address of their subnet (VPC user guide, AWS PrivateLink, endpoint network interfaces).
 */
async function setRightForEndpoint(exchange: Exchange, reply: Reply): Promise<Reply> {
  const groups = [...form(exchange.request)].filter(([name]) => name.startsWith('SecurityGroupId.'));
  const endpoint = firstOf(/<vpcEndpointId>(.+?)</, reply);
  for (const [id] of reply.body.toString().matchAll(/eni-[0-9a-f]+/g)) {
    await askEc2(exchange, [
      ['Action', 'ModifyNetworkInterfaceAttribute'],
      ['NetworkInterfaceId', id],
      ...groups,
    ]);
    await askEc2(exchange, [
      ['Action', 'ModifyNetworkInterfaceAttribute'],
      ['NetworkInterfaceId', id],
      ['Description.Value', `VPC Endpoint Interface ${endpoint}`],
    ]);
    exchange.memory.interfaceMakers.set(id, { type: 'vpc_endpoint', address: await addressOf(exchange, id) });
  }
  return reply;
}

/** The next of the upper hosts of the interface's subnet, which is a /24 or larger. */
async function addressOf(exchange: Exchange, id: string): Promise<InterfaceMaker['address']> {
  const described = await askEc2(exchange, [
    ['Action', 'DescribeNetworkInterfaces'],
    ['NetworkInterfaceId.1', id],
  ]);
  const subnets = await askEc2(exchange, [
    ['Action', 'DescribeSubnets'],
    ['SubnetId.1', firstOf(/<subnetId>(.+?)</, described)],
  ]);
  const network = firstOf(/<cidrBlock>(.+?)\d+\/\d+</, subnets);
  const taken = [...exchange.memory.interfaceMakers.values()].filter(({ address }) =>
    address?.aws.startsWith(network),
  );
  return {
    moto: firstOf(/<privateIpAddress>(.+?)</, described),
    aws: `${network}${254 - (taken.length % 128)}`,
  };
}

interface Wanted {
  subnets: string[];
  groups: string[];
  description: string;
  maker: InterfaceMaker;
}

async function makeInterfaces(exchange: Exchange, { subnets, groups, description, maker }: Wanted) {
  for (const subnet of subnets) {
    const made = await askEc2(exchange, [
      ['Action', 'CreateNetworkInterface'],
      ['SubnetId', subnet],
      ['Description', description],
      ...groups.map((group, index): [string, string] => [`SecurityGroupId.${index + 1}`, group]),
    ]);
    exchange.memory.interfaceMakers.set(firstOf(/<networkInterfaceId>(.+?)</, made), maker);
  }
}

function withMakers({ memory }: Exchange, reply: Reply): Promise<Reply> {
  const one =
    /<interfaceType>\w+(<\/interfaceType>.*?<networkInterfaceId>(eni-\w+)<.*?<requesterId>)([^<]+)/gs;
  const dress = (element: string, between: string, id: string, requester: string) => {
    const maker = memory.interfaceMakers.get(id);
    return maker === undefined
      ? element
      : `<interfaceType>${maker.type}${between}${maker.requester ?? requester}`;
  };
  const dressed = reply.body.toString().replaceAll(one, dress);
  // moto puts each into the default group of its VPC; that of a NAT gateway has no group.
  const grouped = /<groupSet>(?:(?!<groupSet>).)*?<\/groupSet>(<interfaceType>nat_gateway<)/gs;
  const text = [...memory.interfaceMakers.values()].reduce(
    (body, { address }) =>
      address === undefined ? body : body.replaceAll(`>${address.moto}<`, `>${address.aws}<`),
    dressed.replaceAll(grouped, '<groupSet/>$1'),
  );
  return Promise.resolve(withBody(reply, text));
}

const members = ({ request }: Exchange, list: string): string[] =>
  [...form(request)].flatMap(([name, value]) => (name.startsWith(`${list}.`) ? value : []));
