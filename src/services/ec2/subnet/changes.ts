import type { Region } from '../../../model/identifiers.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { type Creation, creation } from '../creation.ts';
import type { Subnet } from '../facts.ts';

/** A subnet as plans compare it. */
export const subnetState = ({ vpc, cidr, zone, publicIpOnLaunch, tags }: Subnet): ObjectState => ({
  vpc,
  cidr: cidr ?? null,
  zone,
  publicIpOnLaunch,
  tags,
});

/** Creates a subnet, in which nothing is given a public address. */
export const createSubnet = (
  { vpc, cidr, zone }: { vpc: string; cidr: string; zone: string },
  about: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>,
): Change =>
  creation({
    ...about,
    kind: 'subnet',
    state: { vpc, cidr, zone, publicIpOnLaunch: false },
    input: { VpcId: vpc, CidrBlock: cidr, AvailabilityZone: zone },
  });

/** The subnet as an object of a plan. */
export const subnetObject = (region: Region, subnet: string): LiveObject => ({
  kind: 'subnet',
  region,
  id: subnet,
});

/** Gives what is launched from now on no public address; what runs keeps its own. */
export const closePublicIp = (region: Region, subnet: Subnet): Change => ({
  id: `${subnet.id}/no-public-ip-on-launch`,
  title: 'give new network interfaces no public address',
  object: subnetObject(region, subnet.id),
  edit: { kind: 'set', fields: { publicIpOnLaunch: { from: true, to: false } } },
  call: mapPublicIp(subnet.id, false),
  permissions: ['ec2:ModifySubnetAttribute'],
  effect: { kind: 'none', opens: [], closes: [] },
  dependsOn: [],
  undo: { kind: 'call', call: mapPublicIp(subnet.id, true), permissions: ['ec2:ModifySubnetAttribute'] },
});

const mapPublicIp = (subnet: string, value: boolean): Call => ({
  service: 'ec2',
  operation: 'ModifySubnetAttribute',
  input: { SubnetId: subnet, MapPublicIpOnLaunch: { Value: value } },
});
