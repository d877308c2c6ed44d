import type { JsonObject } from '../../../model/json.ts';
import type { ObjectState } from '../../../model/plan.ts';
import type { NetworkAcl, NetworkAclEntry } from '../facts.ts';

/** A NACL as plans compare it. Its associations are not part of it: they are what its subnets say. */
export const networkAclState = (acl: NetworkAcl): ObjectState => ({
  vpc: acl.vpc,
  tags: acl.tags,
  entries: entriesState(acl.entries),
});

/** A subnet as far as NACLs go: which one it has, and what that one says. */
export const subnetAclState = (acl: NetworkAcl): ObjectState => ({
  acl: aclInSubnet(acl),
  entries: entriesState(acl.entries),
});

/** What a subnet calls its NACL: its VPC's default one has no other name, since the id is known only once the VPC is there. */
export const aclInSubnet = ({ id, isDefault }: NetworkAcl): string => (isDefault ? 'default' : id);

/** The numbers from 32767 on are AWS's own: the implicit deny, which every list has whether it is shown or not. */
export const entriesState = (entries: readonly NetworkAclEntry[]): JsonObject[] =>
  entries.filter(({ number }) => number < 32767).map(entryState);

/** One entry as an item of a NACL's state. */
export function entryState({
  number,
  egress,
  action,
  protocol,
  cidr,
  ports,
  icmp,
}: NetworkAclEntry): JsonObject {
  return {
    number,
    egress,
    action,
    protocol,
    cidr,
    ...(ports !== undefined && (protocol === '6' || protocol === '17') && { ports }),
    ...(icmp !== undefined && (protocol === '1' || protocol === '58') && { icmp }),
  };
}
