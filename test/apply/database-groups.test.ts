import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddTagsToResourceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  ModifyDBInstanceCommand,
  ModifyDBSubnetGroupCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { Resource } from '../../src/model/finding.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { buildCompliantNetwork, type Network } from '../emulator/accounts/compliant-network.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { countAsked, fix, Killed, killedAt, resume, sessionWith, undo } from './live.ts';
import { look, planToBuild, stateOf } from './provisioned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

let emulator: Emulator;
let aws: Clients;
let account: LiveAccount;
let folder: string;
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
const callsOf = (of: Plan) => changesOf(of).map(({ call }) => call.operation);

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
  account = awsAccount(sessionWith(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  network = await buildShop();
  prior = await state();
  plan = await planNow();
});
afterAll(() => emulator.stop());

/** All of the baseline but the groups of its database, which stands in subnets of the application and takes plain connections. */
async function buildShop(): Promise<Network> {
  const built = await buildCompliantNetwork(aws, { tagged: true });
  const SubnetIds = built.subnets.private;
  await aws.rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName: 'securecart', SubnetIds }));
  const DBParameterGroupName = 'shop-14';
  await aws.rds.send(
    new CreateDBParameterGroupCommand({
      DBParameterGroupName,
      DBParameterGroupFamily: 'postgres14',
      Description: 'the shop',
    }),
  );
  await aws.rds.send(
    new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'securecart', DBParameterGroupName }),
  );
  return built;
}

/** Every index with SECURECART_DEEP, else a few that are spread. */
const sampled = (count: number): number[] => {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return process.env.SECURECART_DEEP === '1' ? all : all.filter(index => index % 4 === 1);
};

test('the groups are built for the engine that is there, are enough, and go by undo', async () => {
  expect(callsOf(plan)).toEqual(['CreateDBSubnetGroup', 'CreateDBParameterGroup', 'ModifyDBParameterGroup']);
  expect(await fix(plan, join(folder, 'whole'), account)).toEqual(whole);
  const after = await planNow();
  expect(callsOf(after)).toEqual([]);
  expect(after.adopted?.map(({ what, id }) => `${what}: ${id}`)).toEqual(
    expect.arrayContaining([
      'subnet group of the database tier: securecart-database',
      'parameter group that forces TLS: securecart-postgres14',
    ]),
  );
  expect(await undo(join(folder, 'whole'), account)).toEqual(whole);
  expect(await state()).toEqual(prior);
});

test.each(['before', 'after'] as const)(
  'a run that is killed %s a call is finished by resume, and taken back by undo',
  async when => {
    const asked = await countAsked(account, counted => fix(plan, join(folder, `count-${when}`), counted));
    const built = await state();
    await undo(join(folder, `count-${when}`), account);
    for (const n of sampled(asked)) {
      const path = join(folder, `${when}-${n}`);
      const mortal = killedAt(n, when, account);
      await expect(fix(plan, path, mortal), `call ${n}`).rejects.toThrow(Killed);
      await mortal.settled();
      if (!existsSync(path)) continue;
      if (n % 2 === 0) {
        expect(await resume(path, account), `resumed after call ${n}`).toEqual(whole);
        expect(await state(), `resumed after call ${n}`).toEqual(built);
      }
      expect(await undo(path, account), `undone after call ${n}`).toEqual(whole);
      expect(await state(), `undone after call ${n}`).toEqual(prior);
    }
  },
  600_000,
);

test.each(Object.entries(effects))(
  'a run that is %s at a call ends truly, says so, and is taken back',
  (_, effect) => spoilEach(emulator, plan, effect, state),
);

describe('when somebody', () => {
  const refused = async (of: Plan, name: string, says: RegExp) => {
    emulator.log.clear();
    await expect(fix(of, join(folder, name), account)).rejects.toMatchObject({
      code: 'plan-stale',
      detail: expect.stringMatching(says),
    });
    expect(emulator.log.mutating()).toEqual([]);
  };

  test('makes a group of the name between plan and apply, nothing is touched', async () => {
    await aws.rds.send(
      new CreateDBSubnetGroupCommand({
        DBSubnetGroupName: 'securecart-database',
        DBSubnetGroupDescription: 'by hand',
        SubnetIds: network.subnets.database.slice(0, 1),
      }),
    );
    await refused(plan, 'made', /db-subnet-group securecart-database: it should not exist, and does/);
  });

  test('changes a group between plan and apply, nothing is touched', async () => {
    const completing = await planNow();
    expect(callsOf(completing)[0]).toBe('ModifyDBSubnetGroup');
    const { DBSubnetGroups: [group] = [] } = await aws.rds.send(
      new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: 'securecart-database' }),
    );
    const Tags = [{ Key: 'team', Value: 'checkout' }];
    await aws.rds.send(new AddTagsToResourceCommand({ ResourceName: group?.DBSubnetGroupArn, Tags }));
    await refused(
      completing,
      'changed',
      /db-subnet-group securecart-database: tags was {} and is .*checkout/,
    );
  });

  test('has left a subnet out, it is put in, and undo leaves it out again', async () => {
    const before = await state();
    const completing = await planNow();
    expect(await fix(completing, join(folder, 'completed'), account)).toEqual(whole);
    expect(callsOf(await planNow())).toEqual([]);
    expect(await undo(join(folder, 'completed'), account)).toEqual(whole);
    expect(await state()).toEqual(before);
  });
});
