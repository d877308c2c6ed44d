import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, expect, test } from 'vitest';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { buildCompliantNetwork } from '../emulator/accounts/compliant-network.ts';
import type { Clients } from '../emulator/clients.ts';
import { take } from '../snapshot/taking.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { fix, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects } from './spoiled.ts';

const on = emulated();
let plan: Plan;

/** The private tier's own table leads to the internet, and a database subnet follows the public tier's. */
async function buildOpenRoutes({ ec2 }: Clients): Promise<void> {
  const { gateway, routeTables, subnets } = await buildCompliantNetwork(on.aws, { tagged: true });
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: routeTables.private,
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: gateway,
    }),
  );
  const [SubnetId = ''] = subnets.database;
  const Filters = [{ Name: 'association.subnet-id', Values: [SubnetId] }];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const association = RouteTables.flatMap(({ Associations = [] }) => Associations).find(
    one => one.SubnetId === SubnetId,
  );
  await ec2.send(new DisassociateRouteTableCommand({ AssociationId: association?.RouteTableAssociationId }));
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId: routeTables.public, SubnetId }));
}

/** The route tables, in one order: a new one has another id in each run. */
async function tables(): Promise<string[]> {
  const { regions } = await take({ facts: ['ec2.routeTables'] });
  const [{ 'ec2.routeTables': fact } = {}] = Object.values(regions);
  if (fact?.kind !== 'known') throw new Error('the route tables were not read');
  return fact.value.map(table => JSON.stringify({ ...table, id: '', tags: {} })).sort();
}

const open = async () =>
  findingsOf(await take()).filter(
    ({ control, status }) => control === 'vpc/private-routes' && status === 'fail',
  );

beforeEach(async () => {
  await buildOpenRoutes(on.aws);
  plan = planFor(await take(), { allowDisruptive: true }, ({ control }) => control === 'vpc/private-routes');
});

test('a fix takes what leads a closed tier out from its own table, and a subnet from a table that others follow', async () => {
  const prior = await tables();
  expect(plan.leftAlone).toEqual([]);
  const called = changesOf(plan).map(({ call }) => call.operation);
  expect(called).toContain('DeleteRoute');
  expect(called).toContain('ReplaceRouteTableAssociation');
  expect(await open()).not.toEqual([]);
  expect(await fix(plan, on.file('whole'), on.account)).toEqual(whole);
  expect(await open()).toEqual([]);
  expect(await undo(on.file('whole'), on.account)).toEqual(whole);
  expect(await tables()).toEqual(prior);
});

test.each(['before', 'after'] as const)(
  'a fix that is killed %s any call is finished by resume, and taken back by undo',
  async when =>
    killEach(on, plan, when, {
      state: tables,
      finished: tables,
    }),
  600_000,
);

test.each(Object.entries(effects))(
  'a fix that is %s at a call ends truly, and is taken back',
  async (_, effect) => spoilEach(on.emulator, plan, effect, tables),
  600_000,
);
