import {
  type DBInstance,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBInstancesCommand,
  DescribeDBSnapshotAttributesCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import type { ObjectKind, ObjectState } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import type { Observation, Observer } from '../writer.ts';
import { dbInstanceState } from './db-instance/changes.ts';
import { parameterGroupState } from './parameter-group/changes.ts';
import { dbInstance } from './read.ts';
import { readForceTls } from './read-parameters.ts';
import { restorers } from './read-snapshots.ts';
import { sharingState } from './snapshot-sharing/changes.ts';

const ABSENT: Observation = { state: null, handles: {} };

/** A snapshot, by the answer about with whom it is shared. */
const snapshotObserver = (
  permission: string,
  see: (client: RDSClient, id: string) => Promise<ObjectState | null>,
): Observer => ({
  permissions: [permission],
  observe: async (session, region, id) => ({
    state: await see(session.client(RDSClient, region), id),
    handles: {},
  }),
});

/** How RDS's objects are looked at. */
export const rdsObservers = {
  'db-instance': {
    permissions: ['rds:DescribeDBInstances'],
    observe: (session, region, id) => seeInstance(session.client(RDSClient, region), id),
  },
  'db-parameter-group': {
    permissions: ['rds:DescribeDBParameters', 'rds:DescribeDBInstances'],
    observe: (session, region, name) => seeParameters(session.client(RDSClient, region), name),
  },
  'db-cluster-parameter-group': {
    permissions: ['rds:DescribeDBClusterParameters'],
    observe: async (session, region, name) => {
      const client = session.client(RDSClient, region);
      // RDS says the same of a cluster's missing group as of an instance's.
      const state = await nullOn('DBParameterGroupNotFoundFault', async () =>
        parameterGroupState(await readForceTls(client, 'cluster', name)),
      );
      return { state, handles: {} };
    },
  },
  'db-snapshot': snapshotObserver('rds:DescribeDBSnapshotAttributes', (client, DBSnapshotIdentifier) =>
    nullOn('DBSnapshotNotFoundFault', async () => {
      const command = new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier });
      const { DBSnapshotAttributesResult: result } = await client.send(command);
      return sharingState(restorers(result?.DBSnapshotAttributes));
    }),
  ),
  'db-cluster-snapshot': snapshotObserver(
    'rds:DescribeDBClusterSnapshotAttributes',
    (client, DBClusterSnapshotIdentifier) =>
      nullOn('DBClusterSnapshotNotFoundFault', async () => {
        const command = new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier });
        const { DBClusterSnapshotAttributesResult: result } = await client.send(command);
        return sharingState(restorers(result?.DBClusterSnapshotAttributes));
      }),
  ),
} as const satisfies Partial<Record<ObjectKind, Observer>>;

async function seeInstance(client: RDSClient, DBInstanceIdentifier: string): Promise<Observation> {
  const answer = await nullOn('DBInstanceNotFoundFault', () =>
    client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier })),
  );
  const [found] = answer?.DBInstances ?? [];
  if (found === undefined) return ABSENT;
  const VpcSecurityGroups = found.VpcSecurityGroups?.filter(({ Status }) => Status !== 'removing');
  const instance = dbInstance({ ...found, VpcSecurityGroups });
  return { state: dbInstanceState(instance), handles: {}, busy: isAtWork(found) };
}

/** Whether RDS has yet to make an instance what it says it is. */
const isAtWork = ({ DBInstanceStatus, VpcSecurityGroups = [] }: DBInstance): boolean =>
  DBInstanceStatus !== 'available' ||
  VpcSecurityGroups.some(({ Status }) => Status === 'adding' || Status === 'removing');

/** A value is in force only once the instances of the group have applied it. */
async function seeParameters(client: RDSClient, name: string): Promise<Observation> {
  const state = await nullOn('DBParameterGroupNotFoundFault', async () =>
    parameterGroupState(await readForceTls(client, 'instance', name)),
  );
  const pages = paginateDescribeDBInstances({ client, pageSize: 100 }, {});
  const groups = await fromPages(pages, page =>
    (page.DBInstances ?? []).flatMap(({ DBParameterGroups = [] }) => DBParameterGroups),
  );
  const busy = groups.some(
    ({ DBParameterGroupName, ParameterApplyStatus }) =>
      DBParameterGroupName === name && ParameterApplyStatus === 'applying',
  );
  return { state, handles: {}, busy };
}
