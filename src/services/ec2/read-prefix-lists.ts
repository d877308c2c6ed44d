import {
  EC2Client,
  type ManagedPrefixList,
  paginateDescribeManagedPrefixLists,
  paginateGetManagedPrefixListEntries,
} from '@aws-sdk/client-ec2';
import { fromPages } from '../../aws/pages.ts';
import type { Fact } from '../../model/fact.ts';
import { apiCall, given, part, type Reader, type RegionAccess, sortedBy } from '../reader.ts';
import type { PrefixList } from './facts.ts';

const describe = apiCall('ec2:DescribeManagedPrefixLists');
const entriesCall = apiCall('ec2:GetManagedPrefixListEntries');
// The most that both calls take.
const pageSize = 100;

/**
 * The lists that a rule or a route names, and AWS's own of the gateway endpoints, which a baseline may speak of though
 * no rule does. The other lists are left alone: each costs a call.
 */
export const prefixLists: Reader<'ec2.prefixLists'> = {
  calls: [describe, entriesCall],
  needs: ['ec2.securityGroupRules', 'ec2.routeTables'],
  read: async access => {
    const [lists, named] = await Promise.all([described(access), namedLists(access)]);
    const wanted = lists.filter(list => isOfGatewayEndpoint(list) || named.has(list.PrefixListId ?? ''));
    const read = await Promise.all(wanted.map(list => prefixList(access, list)));
    return sortedBy(read, ({ id }) => id);
  },
};

function described({ client, options }: RegionAccess): Promise<ManagedPrefixList[]> {
  const pages = paginateDescribeManagedPrefixLists({ client: client(EC2Client), pageSize }, {}, options);
  return fromPages(pages, page => page.PrefixLists ?? []);
}

/** What is unknown names no list: whoever needs a list because of a rule cannot go on without the rule anyway. */
async function namedLists({ fact }: RegionAccess): Promise<Set<string>> {
  const [rules, tables] = await Promise.all([fact('ec2.securityGroupRules'), fact('ec2.routeTables')]);
  const peers = rules.kind === 'known' ? rules.value.map(({ peer }) => peer) : [];
  const routes = tables.kind === 'known' ? tables.value.flatMap(table => table.routes) : [];
  const ends = [...peers, ...routes.map(({ destination }) => destination)];
  return new Set(ends.flatMap(end => (end.kind === 'prefix-list' ? end.id : [])));
}

const isOfGatewayEndpoint = ({ OwnerId: owner, PrefixListName: name = '' }: ManagedPrefixList): boolean =>
  owner === 'AWS' && /\.(s3|dynamodb)$/.test(name);

async function prefixList(access: RegionAccess, from: ManagedPrefixList): Promise<PrefixList> {
  const id = given(from.PrefixListId, 'PrefixListId');
  return {
    id,
    name: given(from.PrefixListName, 'PrefixListName'),
    owner: given(from.OwnerId, 'OwnerId of a prefix list'),
    family: given(from.AddressFamily, 'AddressFamily') === 'IPv6' ? 'ipv6' : 'ipv4',
    entries: await entries(access, id),
  };
}

/** Each list's entries are a fact of their own: a list of another account's may be closed while the rest is open. */
const entries = (access: RegionAccess, id: string): Promise<Fact<string[]>> =>
  part(access, [entriesCall], async () => {
    const config = { client: access.client(EC2Client), pageSize };
    const pages = paginateGetManagedPrefixListEntries(config, { PrefixListId: id }, access.options);
    const cidrs = await fromPages(pages, page =>
      (page.Entries ?? []).flatMap(({ Cidr: cidr }) => cidr ?? []),
    );
    return cidrs.sort();
  });
