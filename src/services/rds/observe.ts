import {
  type DBInstance,
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotAttributesCommand,
  DescribeDBSubnetGroupsCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import { fromPages } from '../../aws/pages.ts';
import type { ObjectKind, ObjectState } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observation, Observer } from '../writer.ts';
import { dbInstanceState } from './db-instance/changes.ts';
import type { ParameterGroup } from './facts.ts';
import { parameterGroupState } from './parameter-group/changes.ts';
import { dbInstance } from './read.ts';
import { readForceTls } from './read-parameters.ts';
import { restorers } from './read-snapshots.ts';
import { dbSubnetGroup } from './read-subnet-groups.ts';
import { readTags } from './read-tags.ts';
import { sharingState } from './snapshot-sharing/changes.ts';
import { subnetGroupState } from './subnet-group/changes.ts';

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
  'db-subnet-group': {
    permissions: ['rds:DescribeDBSubnetGroups', 'rds:ListTagsForResource'],
    observe: async (session, region, DBSubnetGroupName) => {
      const client = session.client(RDSClient, region);
      const state = await nullOn('DBSubnetGroupNotFoundFault', async () => {
        const answer = await client.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }));
        const group = dbSubnetGroup(given(answer.DBSubnetGroups?.[0], 'DBSubnetGroups'));
        return subnetGroupState(group, await readTags(client, group.arn));
      });
      return { state, handles: {} };
    },
  },
  'db-parameter-group': {
    permissions: [
      'rds:DescribeDBParameterGroups',
      'rds:DescribeDBParameters',
      'rds:ListTagsForResource',
      'rds:DescribeDBInstances',
    ],
    observe: async (session, region, name) => {
      const client = session.client(RDSClient, region);
      const state = await seeParameters(client, 'instance', name);
      return { state, handles: {}, busy: await isApplying(client, name) };
    },
  },
  'db-cluster-parameter-group': {
    permissions: [
      'rds:DescribeDBClusterParameterGroups',
      'rds:DescribeDBClusterParameters',
      'rds:ListTagsForResource',
    ],
    observe: async (session, region, name) => {
      const state = await seeParameters(session.client(RDSClient, region), 'cluster', name);
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

/** A parameter group of either kind; RDS says the same of a cluster's missing group as of an instance's. */
const seeParameters = (
  client: RDSClient,
  of: ParameterGroup['of'],
  name: string,
): Promise<ObjectState | null> =>
  nullOn('DBParameterGroupNotFoundFault', async () => {
    const [arn, forceTls] = await Promise.all([arnOfGroup(client, of, name), readForceTls(client, of, name)]);
    return parameterGroupState(forceTls, await readTags(client, given(arn, 'ARN of a parameter group')));
  });

async function arnOfGroup(client: RDSClient, of: ParameterGroup['of'], name: string) {
  if (of === 'instance') {
    const command = new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name });
    return (await client.send(command)).DBParameterGroups?.[0]?.DBParameterGroupArn;
  }
  const command = new DescribeDBClusterParameterGroupsCommand({ DBClusterParameterGroupName: name });
  return (await client.send(command)).DBClusterParameterGroups?.[0]?.DBClusterParameterGroupArn;
}

/** A value is in force only once the instances of the group have applied it. */
async function isApplying(client: RDSClient, name: string): Promise<boolean> {
  const pages = paginateDescribeDBInstances({ client, pageSize: 100 }, {});
  const groups = await fromPages(pages, page =>
    (page.DBInstances ?? []).flatMap(({ DBParameterGroups = [] }) => DBParameterGroups),
  );
  return groups.some(
    ({ DBParameterGroupName, ParameterApplyStatus }) =>
      DBParameterGroupName === name && ParameterApplyStatus === 'applying',
  );
}
