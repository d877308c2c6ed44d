import {
  DescribeDBEngineVersionsCommand,
  paginateDescribeDBParameterGroups,
  paginateDescribeEngineDefaultParameters,
  RDSClient,
} from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Reader, type RegionAccess, sortedBy } from '../reader.ts';
import type { DbInstance, OwnParameterGroup } from './facts.ts';
import { describeParameters, forceTlsAmong, readForceTls } from './read-parameters.ts';
import { listTags, readTags } from './read-tags.ts';

/** The groups for PostgreSQL's instances that are not RDS's default ones; what each says of TLS, and its tags, are facts of their own. */
export const ownParameterGroups: Reader<'rds.ownParameterGroups'> = {
  calls: [apiCall('rds:DescribeDBParameterGroups'), describeParameters, listTags],
  needs: [],
  read: async access => {
    const { options } = access;
    const client = access.client(RDSClient);
    const pages = paginateDescribeDBParameterGroups({ client, pageSize: 100 }, {}, options);
    const all = await fromPages(pages, page => page.DBParameterGroups ?? []);
    const groups = all.map(from => ({
      arn: given(from.DBParameterGroupArn, 'DBParameterGroupArn'),
      name: given(from.DBParameterGroupName, 'DBParameterGroupName'),
      family: given(from.DBParameterGroupFamily, 'DBParameterGroupFamily'),
    }));
    const own = groups.filter(({ name, family }) => family.startsWith('postgres') && !isDefault(name));
    const known = own.map(async ({ arn, name, family }) => ({
      name,
      family,
      forceTls: await part(access, [describeParameters], () =>
        readForceTls(client, 'instance', name, options),
      ),
      tags: await part(access, [listTags], () => readTags(client, arn, options)),
    }));
    return sortedBy(await Promise.all(known), ({ name }) => name);
  },
};

const engineVersions = apiCall('rds:DescribeDBEngineVersions');
const engineDefaults = apiCall('rds:DescribeEngineDefaultParameters');

/** The families in use, or the one that a new instance would have. */
export const parameterFamilies: Reader<'rds.parameterFamilies'> = {
  calls: [engineVersions, engineDefaults],
  needs: ['rds.dbInstances', 'rds.ownParameterGroups'],
  read: async access => {
    const [instances, groups] = await Promise.all([
      access.fact('rds.dbInstances'),
      access.fact('rds.ownParameterGroups'),
    ]);
    const used = new Set(need(instances).flatMap(instance => familyOf(instance, need(groups)) ?? []));
    const names = used.size > 0 ? [...used].sort() : [await defaultFamily(access)];
    return Promise.all(
      names.map(async name => ({
        name,
        forceTls: await part(access, [engineDefaults], () => readEngineDefault(access, name)),
      })),
    );
  },
};

/** The family of an instance of its own: of a cluster's instances the cluster's group decides. A default group is called after its family. */
function familyOf(
  { engine, cluster, parameterGroups: [used] }: DbInstance,
  groups: readonly OwnParameterGroup[],
): string | undefined {
  if (engine !== 'postgres' || cluster !== undefined || used === undefined) return undefined;
  return isDefault(used.name)
    ? used.name.slice('default.'.length)
    : groups.find(({ name }) => name === used.name)?.family;
}

const isDefault = (name: string): boolean => name.startsWith('default.');

async function defaultFamily(access: RegionAccess): Promise<string> {
  const command = new DescribeDBEngineVersionsCommand({ Engine: 'postgres', DefaultOnly: true });
  const { DBEngineVersions: [version] = [] } = await access.client(RDSClient).send(command, access.options);
  return given(version?.DBParameterGroupFamily, 'DBParameterGroupFamily of the default version');
}

async function readEngineDefault(access: RegionAccess, DBParameterGroupFamily: string) {
  const config = { client: access.client(RDSClient), pageSize: 100 };
  const input = { DBParameterGroupFamily };
  const pages = paginateDescribeEngineDefaultParameters(config, input, access.options);
  return forceTlsAmong(await fromPages(pages, page => page.EngineDefaults?.Parameters ?? []));
}
