import { cidrBlock } from '../network/address.ts';
import { servicesOfEntry } from '../network/service.ts';
import { describeServices } from '../network/service-words.ts';
import type { NetworkAcl, NetworkAclEntry } from '../services/ec2/facts.ts';

/** An entry by its place, as `acl-0123 inbound 100`. */
export const entryName = ({ id }: NetworkAcl, { egress, number }: NetworkAclEntry): string =>
  `${id} ${egress ? 'outbound' : 'inbound'} ${number}`;

/** Entries in words, as `allow tcp 80 from 0.0.0.0/0; allow tcp 443 from 0.0.0.0/0`. */
export const entryWords = (entries: readonly NetworkAclEntry[]): string =>
  entries
    .map(entry => {
      const services = describeServices([servicesOf(entry)]).join(' and ');
      return `${entry.action} ${services} ${entry.egress ? 'to' : 'from'} ${entry.cidr}`;
    })
    .join('; ');

/** Whether two entries match the same services, whomever they are from. */
export function sameServices(a: NetworkAclEntry, b: NetworkAclEntry): boolean {
  const [x, y] = [servicesOf(a), servicesOf(b)];
  return x.start === y.start && x.end === y.end;
}

/** Whether two entries match the same addresses, however they are written. */
export const sameCidr = (a: NetworkAclEntry, b: NetworkAclEntry): boolean =>
  cidrBlock(a.cidr).cidr === cidrBlock(b.cidr).cidr;

const servicesOf = (entry: NetworkAclEntry) => servicesOfEntry(entry, cidrBlock(entry.cidr).family);
