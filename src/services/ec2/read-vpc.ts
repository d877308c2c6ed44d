import {
  DescribeAvailabilityZonesCommand,
  DescribeVpcAttributeCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { need } from '../../model/fact.ts';
import { apiCall, given, type Reader } from '../reader.ts';
import type { VpcDns } from './facts.ts';

/** The DNS attributes of a VPC: EC2 tells one a call. */
export async function readVpcDns(
  client: EC2Client,
  vpc: string,
  options: { abortSignal?: AbortSignal } = {},
): Promise<VpcDns> {
  const ask = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    client.send(new DescribeVpcAttributeCommand({ VpcId: vpc, Attribute }), options);
  const [support, hostnames] = await Promise.all([ask('enableDnsSupport'), ask('enableDnsHostnames')]);
  return {
    vpc,
    support: given(support.EnableDnsSupport?.Value, 'EnableDnsSupport of a VPC'),
    hostnames: given(hostnames.EnableDnsHostnames?.Value, 'EnableDnsHostnames of a VPC'),
  };
}

export const vpcDns: Reader<'ec2.vpcDns'> = {
  calls: [apiCall('ec2:DescribeVpcAttribute')],
  needs: ['ec2.vpcs'],
  read: async ({ client, fact, options }) => {
    const vpcs = need(await fact('ec2.vpcs'));
    return Promise.all(vpcs.map(({ id }) => readVpcDns(client(EC2Client), id, options)));
  },
};

/** Local and Wavelength zones are left out: no baseline speaks of them, and they lack endpoints. */
export const availabilityZones: Reader<'ec2.availabilityZones'> = {
  calls: [apiCall('ec2:DescribeAvailabilityZones')],
  needs: [],
  read: async ({ client, options }) => {
    const Filters = [
      { Name: 'zone-type', Values: ['availability-zone'] },
      { Name: 'state', Values: ['available'] },
    ];
    const command = new DescribeAvailabilityZonesCommand({ Filters });
    const { AvailabilityZones: zones = [] } = await client(EC2Client).send(command, options);
    return zones.map(({ ZoneName: name }) => given(name, 'ZoneName')).sort();
  },
};
