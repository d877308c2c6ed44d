import { askEc2, type Exchange, form, tokenOf } from './exchange.ts';
import type { Failure } from './faults.ts';
import { errorReply, firstOf, type Reply, withBody } from './reply.ts';

/** What AWS refuses of gateways, and moto does not; and one NAT gateway for one token. */
export const gatewayAnswers: Record<string, (exchange: Exchange) => Promise<Reply>> = {
  'ec2:CreateNatGateway': exchange =>
    Promise.resolve(exchange.memory.clientTokens.get(tokenOf(exchange) ?? '') ?? exchange.moto({})),
  // "Gateway.NotAttached" of the EC2 API's error codes.
  'ec2:CreateRoute': async exchange => {
    const id = form(exchange.request).get('GatewayId') ?? '';
    if (!id.startsWith('igw-')) return exchange.moto({});
    const described = await ask(exchange, 'DescribeInternetGateways', [['InternetGatewayId.1', id]]);
    return described.includes('<vpcId>')
      ? exchange.moto({})
      : refusal(exchange, 'Gateway.NotAttached', `${id} is not attached to a VPC`);
  },
  'ec2:ReleaseAddress': async exchange => {
    const id = form(exchange.request).get('AllocationId') ?? '';
    const described = await ask(exchange, 'DescribeAddresses', [['AllocationId.1', id]]);
    return described.includes('<associationId>eipassoc-')
      ? refusal(exchange, 'InvalidIPAddress.InUse', `Address with allocation id [${id}] cannot be released`)
      : exchange.moto({});
  },
  // One endpoint of a VPC has a service's names; AWS's words are those of hashicorp/terraform-provider-aws#17535.
  'ec2:CreateVpcEndpoint': async exchange => {
    const asked = form(exchange.request);
    const [vpc, service] = [asked.get('VpcId') ?? '', asked.get('ServiceName') ?? ''];
    if (asked.get('PrivateDnsEnabled') !== 'true') return exchange.moto({});
    const described = await ask(exchange, 'DescribeVpcEndpoints', [
      ['Filter.1.Name', 'vpc-id'],
      ['Filter.1.Value.1', vpc],
    ]);
    const taken = described
      .split('<vpcEndpointId>')
      .some(
        text =>
          text.includes(`<serviceName>${service}<`) &&
          text.includes('<privateDnsEnabled>true<') &&
          text.includes('<state>available<') &&
          !exchange.memory.failures.has(text.slice(0, text.indexOf('<'))),
      );
    const message = `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service} in the VPC ${vpc}`;
    return taken ? refusal(exchange, 'InvalidParameter', message) : exchange.moto({});
  },
  'ec2:DeleteSubnet': exchange => unlessNatIn(exchange, 'subnet-id', 'SubnetId', 'has dependencies'),
  'ec2:DetachInternetGateway': exchange =>
    unlessNatIn(exchange, 'vpc-id', 'VpcId', 'has some mapped public address(es)'),
};

export const gatewayAmendments: Record<string, (exchange: Exchange, reply: Reply) => Promise<Reply> | Reply> =
  {
    'ec2:CreateNatGateway': (exchange, reply) => {
      const eni = firstOf(/<networkInterfaceId>(.+?)</, reply);
      exchange.memory.interfaceMakers.set(eni, { type: 'nat_gateway' });
      exchange.memory.clientTokens.set(tokenOf(exchange) ?? '', reply);
      return reply;
    },
    'ec2:DeleteNatGateway': async (exchange, reply) => {
      const id = form(exchange.request).get('NatGatewayId') ?? '';
      if (!exchange.memory.failures.delete(id)) await letGo(exchange, id);
      return reply;
    },
    'ec2:DeleteVpcEndpoints': ({ request, memory }, reply) => {
      for (const id of form(request).values()) memory.failures.delete(id);
      return reply;
    },
    'ec2:DescribeNatGateways': (exchange, reply) => withFailures(exchange, withTheTags(exchange, reply)),
    'ec2:DescribeVpcEndpoints': withFailures,
  };

/** AWS takes the gateway's interface away, and lets its address go (VPC user guide, "Delete a NAT gateway"). */
async function letGo(exchange: Exchange, id: string): Promise<void> {
  const described = await ask(exchange, 'DescribeNatGateways', [['NatGatewayId.1', id]]);
  for (const [, name = '', value = ''] of described.matchAll(/<(associationId|networkInterfaceId)>(.+?)</g)) {
    if (name === 'associationId') await ask(exchange, 'DisassociateAddress', [['AssociationId', value]]);
    else await ask(exchange, 'DeleteNetworkInterface', [['NetworkInterfaceId', value]]);
  }
}

/** Lets AWS give up the NAT gateway or the endpoint that a call has created. */
export async function giveUp(exchange: Exchange, reply: Reply, failure: Failure): Promise<void> {
  const id = firstOf(/<(?:natGatewayId|vpcEndpointId)>(.+?)</, reply);
  exchange.memory.failures.set(id, failure);
  if (id.startsWith('nat-')) await letGo(exchange, id);
}

/** AWS lists it as failed, with what it says of that (EC2 API reference, NatGateway and VpcEndpoint). */
function withFailures({ memory }: Exchange, reply: Reply): Reply {
  const item = /<item>(?:(?!<item>).)*?<(natGatewayId|vpcEndpointId)>(.+?)<\/\1>.*?<state>\w+<\/state>/gs;
  const text = reply.body.toString().replaceAll(item, (found, name: string, id: string) => {
    const failure = memory.failures.get(id);
    if (failure === undefined) return found;
    const { code, message } = failure;
    const why =
      name === 'natGatewayId'
        ? `<failureCode>${code}</failureCode><failureMessage>${message}</failureMessage>`
        : `<lastError><code>${code}</code><message>${message}</message></lastError>`;
    return found.replace(/<state>\w+/, '<state>failed').concat(why);
  });
  return withBody(reply, text);
}

const ask = async (exchange: Exchange, action: string, parameters: [string, string][]): Promise<string> =>
  (await askEc2(exchange, [['Action', action], ...parameters])).body.toString();

const refusal = ({ call }: Exchange, code: string, message: string): Reply =>
  errorReply(call, { code, status: 400, message });

async function unlessNatIn(exchange: Exchange, filter: string, name: string, why: string): Promise<Reply> {
  const id = form(exchange.request).get(name) ?? '';
  const gateways = await ask(exchange, 'DescribeNatGateways', [
    ['Filter.1.Name', filter],
    ['Filter.1.Value.1', id],
    ['Filter.2.Name', 'state'],
    ['Filter.2.Value.1', 'available'],
  ]);
  return gateways.includes('<natGatewayId>')
    ? refusal(exchange, 'DependencyViolation', `${id} ${why}`)
    : exchange.moto({});
}

/** moto knows no filter by tags for them. */
function withTheTags({ request }: Exchange, reply: Reply): Reply {
  const asked = form(request);
  const tags = [...asked].flatMap(([name, value]) => {
    const [, key] = /^tag:(.+)$/.exec(value) ?? [];
    return key === undefined ? [] : [[key, asked.get(name.replace('.Name', '.Value.1')) ?? '']];
  });
  const gateway = /<item><createTime>.*?(?=<item><createTime>|<\/natGatewaySet>)/gs;
  const text = reply.body
    .toString()
    .replaceAll(gateway, item =>
      tags.every(([key, value]) => item.includes(`<key>${key}</key><value>${value}</value>`)) ? item : '',
    );
  return withBody(reply, text);
}
