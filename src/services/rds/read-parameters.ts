import {
  paginateDescribeDBClusterParameters,
  paginateDescribeDBParameters,
  RDSClient,
} from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Reader, type RegionAccess, sortedBy } from '../reader.ts';
import type { ParameterGroup } from './facts.ts';

const calls = {
  instance: apiCall('rds:DescribeDBParameters'),
  cluster: apiCall('rds:DescribeDBClusterParameters'),
};
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

const isForPostgres = ({ engine }: { engine: string }): boolean => engine.includes('postgres');

const group = async (
  access: RegionAccess,
  of: ParameterGroup['of'],
  name: string,
): Promise<ParameterGroup> => ({
  of,
  name,
  forceTls: await part(access, [calls[of]], async () => {
    const parameters = await fromPages(parametersOf(access, of, name), page => page.Parameters ?? []);
    const found = parameters.find(({ ParameterName: name }) => name === forceTls);
    return found === undefined ? null : given(found.ParameterValue, `ParameterValue of ${forceTls}`);
  }),
});

function parametersOf({ client, options }: RegionAccess, of: ParameterGroup['of'], name: string) {
  const config = { client: client(RDSClient), pageSize: 100 };
  return of === 'instance'
    ? paginateDescribeDBParameters(config, { DBParameterGroupName: name, Filters }, options)
    : paginateDescribeDBClusterParameters(config, { DBClusterParameterGroupName: name, Filters }, options);
}
