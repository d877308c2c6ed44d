import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  type CreateDBParameterGroupCommandInput,
  CreateDBSubnetGroupCommand,
} from '@aws-sdk/client-rds';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FactName, RegionFacts } from '../../src/services/facts.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { leadTo } from '../emulator/lead-to.ts';
import { take } from './taking.ts';

const names: readonly FactName[] = ['rds.dbInstances', 'rds.ownParameterGroups', 'rds.parameterFamilies'];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(() => leadTo(emulator));

async function read(): Promise<RegionFacts> {
  const [facts = {}] = Object.values((await take({ facts: names })).regions);
  return facts;
}
const known = <T>(value: T) => ({ kind: 'known', value });
const versions = () => emulator.log.calls.filter(({ name }) => name === 'rds:DescribeDBEngineVersions');

describe('where there is no database', () => {
  test('the family is that of the version that RDS would take', async () => {
    const { 'rds.parameterFamilies': families } = await read();
    expect(families).toEqual(known([{ name: 'postgres17', forceTls: known('1') }]));
  });

  test('it is unknown where RDS does not say', async () => {
    emulator.faults.denyAction('rds:DescribeDBEngineVersions');
    expect((await read())['rds.parameterFamilies']).toMatchObject({
      kind: 'unknown',
      reason: { kind: 'denied', action: 'rds:DescribeDBEngineVersions' },
    });
  });
});

describe('where there are databases', () => {
  beforeAll(async () => {
    const { ec2, rds } = clientsFor(emulator);
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const SubnetIds = Subnets.flatMap(({ SubnetId }) => SubnetId ?? []);
    const DBSubnetGroupName = 'everywhere';
    const place = { DBSubnetGroupName, DBSubnetGroupDescription: 'all subnets', SubnetIds };
    await rds.send(new CreateDBSubnetGroupCommand(place));
    const group: CreateDBParameterGroupCommandInput = {
      DBParameterGroupName: 'shop',
      DBParameterGroupFamily: 'postgres14',
      Description: 'the shop',
      Tags: [{ Key: 'team', Value: 'checkout' }],
    };
    await rds.send(new CreateDBParameterGroupCommand(group));
    const other = {
      DBParameterGroupName: 'blog',
      DBParameterGroupFamily: 'mysql8.0',
      Description: 'the blog',
    };
    await rds.send(new CreateDBParameterGroupCommand(other));
    const instance = {
      DBInstanceClass: 'db.t4g.micro',
      AllocatedStorage: 20,
      MasterUsername: 'securecart',
      DBSubnetGroupName,
    };
    await rds.send(
      new CreateDBInstanceCommand({
        ...instance,
        DBInstanceIdentifier: 'shop',
        Engine: 'postgres',
        DBParameterGroupName: 'shop',
        ManageMasterUserPassword: true,
      }),
    );
    await rds.send(
      new CreateDBInstanceCommand({
        ...instance,
        DBInstanceIdentifier: 'blog',
        Engine: 'mysql',
        MasterUserPassword: 'made-up-by-a-test',
      }),
    );
  });

  test('the families are those of their parameter groups, which say what their engine does', async () => {
    const facts = await read();
    expect(facts['rds.ownParameterGroups']).toEqual(
      known([
        { name: 'shop', family: 'postgres14', forceTls: known('0'), tags: known({ team: 'checkout' }) },
      ]),
    );
    expect(facts['rds.parameterFamilies']).toEqual(known([{ name: 'postgres14', forceTls: known('0') }]));
    expect(versions()).toEqual([]);
  });

  test('a password that RDS keeps is told from one that somebody made up, and neither is read', async () => {
    const { 'rds.dbInstances': instances } = await read();
    expect(instances).toMatchObject(known([{ id: 'blog' }, { id: 'shop', masterSecret: 'sound' }]));
    expect(JSON.stringify(instances)).not.toMatch(/made-up-by-a-test|secretsmanager/);
    expect(JSON.stringify(instances)).not.toContain('"id":"blog","masterSecret"');
  });
});
