import { CreateVpcCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changesOf } from '../../src/model/plan.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { sessionWith } from './live.ts';
import { look, planToBuild } from './provisioned.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  sessionWith(emulator);
});
afterAll(() => emulator.stop());

test('an apply empties the default groups of its own VPC and of the one that AWS made, and leaves that of another VPC to fix', async () => {
  const { ec2 } = clientsFor(emulator);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '192.168.0.0/16' }));
  const { SecurityGroups: groups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const groupIn = (isOther: boolean) =>
    groups.find(({ VpcId }) => (VpcId === Vpc?.VpcId) === isOther)?.GroupId;
  const plan = planToBuild(await look());
  const touched = changesOf(plan).map(({ object }) => object.id);
  expect(touched).toContain(groupIn(false));
  expect(plan.mends.map(({ title }) => title)).toContainEqual(
    expect.stringMatching(
      `^empty ${groupIn(false)}, the default group of vpc-\\w+, the default VPC that AWS made`,
    ),
  );
  expect(touched).not.toContain(groupIn(true));
  expect(plan.leftAlone).toContainEqual(
    expect.objectContaining({
      resource: expect.objectContaining({ id: groupIn(true) }),
      detail: expect.stringContaining(`--resource ${groupIn(true)}`),
    }),
  );
});
