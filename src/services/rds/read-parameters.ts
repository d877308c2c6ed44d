import {
  type Parameter,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBParameters,
  RDSClient,
} from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Reader, type RegionAccess, sortedBy } from '../reader.ts';
import type { ParameterGroup } from './facts.ts';
import { listTags, readTags } from './read-tags.ts';

/** The call that gives the parameters of an instance's group. */
export const describeParameters = apiCall('rds:DescribeDBParameters');
const calls = { instance: describeParameters, cluster: apiCall('rds:DescribeDBClusterParameters') };
const forceTls = 'rds.force_ssl';
const Filters = [{ Name: 'parameter-name', Values: [forceTls] }];

/** What the parameter groups of PostgreSQL's instances and clusters say of TLS; each group is a fact of its own. */
export const parameterGroups: Reader<'rds.parameterGroups'> = {
  calls: [calls.instance, calls.cluster],
  needs: ['rds.dbInstances', 'rds.dbClusters'],
  read: async access => {
    const [instances, clusters] = await Promise.all([
      access.fact('rds.dbInstances'),
      access.fact('rds.dbClusters'),
    ]);
    const ofInstances = need(instances)
      .filter(isForPostgres)
      .flatMap(({ parameterGroups: groups }) => groups.map(({ name }) => name));
    const ofClusters = need(clusters)
      .filter(isForPostgres)
      .map(({ parameterGroup }) => parameterGroup);
    const groups = await Promise.all([
      ...[...new Set(ofInstances)].map(name => group(access, 'instance', name)),
      ...[...new Set(ofClusters)].map(name => group(access, 'cluster', name)),
    ]);
    return sortedBy(groups, ({ of, name }) => `${of} ${name}`);
  },
};

/** The tags of the same groups. */
export const parameterGroupTags: Reader<'rds.parameterGroupTags'> = {
  calls: [listTags],
  needs: ['rds.parameterGroups'],
  read: async access => {
    const groups = need(await access.fact('rds.parameterGroups'));
    return Promise.all(
      groups.map(async ({ of, name }) => ({ of, name, tags: await tagsOfGroup(access, of, name) })),
    );
  },
};

function tagsOfGroup(access: RegionAccess, of: ParameterGroup['of'], name: string) {
  const { id, partition } = access.account();
  const type = of === 'cluster' ? 'cluster-pg' : 'pg';
  const ResourceName = `arn:${partition}:rds:${access.region}:${id}:${type}:${name}`;
  return part(access, [listTags], () => readTags(access.client(RDSClient), ResourceName, access.options));
}

const isForPostgres = ({ engine }: { engine: string }): boolean => engine.includes('postgres');

const group = async (
  access: RegionAccess,
  of: ParameterGroup['of'],
  name: string,
): Promise<ParameterGroup> => ({
  of,
  name,
  forceTls: await part(access, [calls[of]], () =>
    readForceTls(access.client(RDSClient), of, name, access.options),
  ),
});

/** What a group says of TLS; null where its engine has no such parameter. Throws CallError. */
export async function readForceTls(
  client: RDSClient,
  of: ParameterGroup['of'],
  name: string,
  options?: RegionAccess['options'],
): Promise<string | null> {
  const pages = parametersOf(client, of, name, options);
  return forceTlsAmong(await fromPages(pages, page => page.Parameters ?? []));
}

/** What parameters say of TLS; null where rds.force_ssl is none of them. Throws MissingField. */
export function forceTlsAmong(parameters: readonly Parameter[]): string | null {
  const found = parameters.find(({ ParameterName }) => ParameterName === forceTls);
  return found === undefined ? null : given(found.ParameterValue, `ParameterValue of ${forceTls}`);
}

function parametersOf(
  client: RDSClient,
  of: ParameterGroup['of'],
  name: string,
  options: RegionAccess['options'] | undefined,
) {
  const config = { client, pageSize: 100 };
  return of === 'instance'
    ? paginateDescribeDBParameters(config, { DBParameterGroupName: name, Filters }, options)
    : paginateDescribeDBClusterParameters(config, { DBClusterParameterGroupName: name, Filters }, options);
}
