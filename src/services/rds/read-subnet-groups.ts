import { type DBSubnetGroup, paginateDescribeDBSubnetGroups, RDSClient } from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import { apiCall, given, part, type Reader, sortedBy } from '../reader.ts';
import type { DbSubnetGroup } from './facts.ts';
import { listTags, readTags } from './read-tags.ts';

/** The subnet groups; the tags of each are a fact of their own, and a call. */
export const subnetGroups: Reader<'rds.subnetGroups'> = {
  calls: [apiCall('rds:DescribeDBSubnetGroups'), listTags],
  needs: [],
  read: async access => {
    const { options } = access;
    const client = access.client(RDSClient);
    const pages = paginateDescribeDBSubnetGroups({ client, pageSize: 100 }, {}, options);
    const all = await fromPages(pages, page => (page.DBSubnetGroups ?? []).map(dbSubnetGroup));
    const tagged = all.map(async group => ({
      ...group,
      tags: await part(access, [listTags], () => readTags(client, group.arn, options)),
    }));
    return sortedBy(await Promise.all(tagged), ({ name }) => name);
  },
};

/** A subnet group as a fact, but for its tags. Throws MissingField. */
export const dbSubnetGroup = (from: DBSubnetGroup): Omit<DbSubnetGroup, 'tags'> => ({
  arn: given(from.DBSubnetGroupArn, 'DBSubnetGroupArn'),
  name: given(from.DBSubnetGroupName, 'DBSubnetGroupName'),
  vpc: given(from.VpcId, 'VpcId of a subnet group'),
  subnets: (from.Subnets ?? []).flatMap(({ SubnetIdentifier: id }) => id ?? []).sort(),
});
