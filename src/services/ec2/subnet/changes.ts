import type { Region } from '../../../model/identifiers.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import type { Subnet } from '../facts.ts';

/** A subnet as plans compare it: what they may set. */
export const subnetState = (subnet: Subnet): ObjectState => ({ publicIpOnLaunch: subnet.publicIpOnLaunch });

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
