import type { Region } from '../../../model/identifiers.ts';
import type { Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { type Creation, creation, ec2Call, setting } from '../creation.ts';
import type { Vpc, VpcDns } from '../facts.ts';

/** A VPC as plans compare it. */
export const vpcState = ({ cidrs, tags }: Vpc, { support, hostnames }: VpcDns): ObjectState => ({
  cidr: cidrs[0] ?? null,
  dnsSupport: support,
  dnsHostnames: hostnames,
  tags,
});

/** The VPC as an object of a plan. */
export const vpcObject = (region: Region, id: string): LiveObject => ({ kind: 'vpc', region, id });

/** Creates a VPC. A new one resolves names, and gives its instances none. */
export const createVpc = (cidr: string, about: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>): Change =>
  creation({
    ...about,
    kind: 'vpc',
    state: { cidr, dnsSupport: true, dnsHostnames: false },
    input: { CidrBlock: cidr },
  });

/** Turns on what the private names of interface endpoints need: one attribute a call. */
export const turnOnDns = (region: Region, vpc: string, field: 'dnsSupport' | 'dnsHostnames'): Change => {
  const attribute = { dnsSupport: 'EnableDnsSupport', dnsHostnames: 'EnableDnsHostnames' } as const;
  const call = (Value: boolean) =>
    ec2Call('ModifyVpcAttribute', { VpcId: vpc, [attribute[field]]: { Value } });
  return setting({
    id: `${vpc}/${field.toLowerCase()}`,
    title: field === 'dnsSupport' ? 'resolve names in it' : 'give private DNS names to what is in it',
    object: vpcObject(region, vpc),
    edit: { kind: 'set', fields: { [field]: { from: false, to: true } } },
    call: call(true),
    back: call(false),
  });
};
