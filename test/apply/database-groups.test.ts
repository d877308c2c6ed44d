import {
  AddTagsToResourceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  ModifyDBInstanceCommand,
  ModifyDBSubnetGroupCommand,
} from '@aws-sdk/client-rds';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { Resource } from '../../src/model/finding.ts';
import type { Plan } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { buildCompliantNetwork, type Network } from '../emulator/accounts/compliant-network.ts';
import { take } from '../snapshot/taking.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { fix, undo } from './live.ts';
import { look, operationsOf, planToBuild, stateOf } from './provisioned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

const on = emulated({ shared: true });
let network: Network;
let plan: Plan;
let prior: unknown;

/** The shipped baseline without the flow log, which an apply does not create. */
const baseline: Baseline = {
  ...shippedBaseline,
  network: { ...shippedBaseline.network, flowLogs: false },
};
const isOfRds = ({ resource }: { resource: Resource }) => resource.type.startsWith('AWS::RDS::');

/** What of an apply is about the groups of databases. */
async function planNow(): Promise<Plan> {
  const all = planToBuild(await look(), baseline);
  const fingerprints = all.fingerprints.filter(({ object }) => object.kind.startsWith('db-'));
  return { ...all, mends: all.mends.filter(isOfRds), fingerprints };
}

const state = async () =>
  stateOf(await take({ facts: ['rds.dbInstances', 'rds.subnetGroups', 'rds.ownParameterGroups'] }));

beforeAll(async () => {
  network = await buildShop();
  prior = await state();
  plan = await planNow();
});

/** All of the baseline but the groups of its database, which stands in subnets of the application and takes plain connections. */
async function buildShop(): Promise<Network> {
  const built = await buildCompliantNetwork(on.aws, { tagged: true });
  const SubnetIds = built.subnets.private;
  await on.aws.rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName: 'securecart', SubnetIds }));
  const DBParameterGroupName = 'shop-14';
  await on.aws.rds.send(
    new CreateDBParameterGroupCommand({
      DBParameterGroupName,
      DBParameterGroupFamily: 'postgres14',
      Description: 'the shop',
    }),
  );
  await on.aws.rds.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'securecart', DBParameterGroupName }),
  );
  return built;
}

test('the groups are built for the engine that is there, are enough, and go by undo', async () => {
  expect(operationsOf(plan)).toEqual([
    'CreateDBSubnetGroup',
    'CreateDBParameterGroup',
    'ModifyDBParameterGroup',
  ]);
  expect(await fix(plan, on.file('whole'), on.account)).toEqual(whole);
  const after = await planNow();
  expect(operationsOf(after)).toEqual([]);
  expect(after.adopted?.map(({ what, id }) => `${what}: ${id}`)).toEqual(
    expect.arrayContaining([
      'subnet group of the database tier: securecart-database',
      'parameter group that forces TLS: securecart-postgres14',
    ]),
  );
  expect(await undo(on.file('whole'), on.account)).toEqual(whole);
  expect(await state()).toEqual(prior);
});

test.each(['before', 'after'] as const)(
  'a run that is killed %s a call is finished by resume, and taken back by undo',
  when => killEach(on, plan, when, { state, finished: state }),
  600_000,
);

test.each(Object.entries(effects))(
  'a run that is %s at a call ends truly, says so, and is taken back',
  (_, effect) => spoilEach(on.emulator, plan, effect, state),
);

describe('when somebody', () => {
  test('makes a group of the name between plan and apply, nothing is touched', async () => {
    await on.aws.rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: 'securecart-database',
        DBSubnetGroupDescription: 'by hand',
        SubnetIds: network.subnets.database.slice(0, 1),
      }),
    );
    await demandStale(on, plan, /db-subnet-group securecart-database: it should not exist, and does/);
  });

  test('changes a group between plan and apply, nothing is touched', async () => {
    const completing = await planNow();
    expect(operationsOf(completing)[0]).toBe('ModifyDBSubnetGroup');
    const { DBSubnetGroups: [group] = [] } = await on.aws.rds.send(
      new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: 'securecart-database' }),
    );
    const Tags = [{ Key: 'team', Value: 'checkout' }];
    await on.aws.rds.send(new AddTagsToResourceCommand({ ResourceName: group?.DBSubnetGroupArn, Tags }));
    await demandStale(on, completing, /db-subnet-group securecart-database: tags was {} and is .*checkout/);
  });

  test('has left a subnet out, it is put in, and undo leaves it out again', async () => {
    const before = await state();
    const completing = await planNow();
    expect(await fix(completing, on.file('completed'), on.account)).toEqual(whole);
    expect(operationsOf(await planNow())).toEqual([]);
    expect(await undo(on.file('completed'), on.account)).toEqual(whole);
    expect(await state()).toEqual(before);
  });
});
