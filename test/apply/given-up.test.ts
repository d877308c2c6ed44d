import { beforeEach, describe, expect, test } from 'vitest';
import { verdictOfRun } from '../../src/cli/verdict.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { Plan } from '../../src/model/plan.ts';
import { renderApplied } from '../../src/report/applied.ts';
import { lookOf } from '../../src/report/look.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { emulated } from './emulated.ts';
import { carryPlan, fix, Killed, killedAt, resume, undo } from './live.ts';
import { look, partOf, planToBuild, shortcomings, stateOf } from './provisioned.ts';
import { whole } from './spoil-each.ts';

const on = emulated();

/** With one of each kind that AWS may give up. */
const { network } = shippedBaseline;
const { gateway, interface: interfaces } = network.endpoints;
const endpoints = { gateway: gateway.slice(0, 1), interface: interfaces.slice(0, 1) };
const baseline: Baseline = {
  ...shippedBaseline,
  network: { ...network, egress: 'nat', endpoints, flowLogs: false },
};

const notAttached = {
  code: 'Gateway.NotAttached',
  message: 'Network vpc-0a has no Internet gateway attached',
};

const planNow = async (): Promise<Plan> => partOf(planToBuild(await look(), baseline), 'ec2');

describe.each([
  {
    call: 'ec2:CreateNatGateway',
    nth: 1,
    title: 'create the NAT gateway in eu-west-1a',
    failure: notAttached,
  },
  {
    call: 'ec2:CreateVpcEndpoint',
    // The first is a gateway endpoint, of which AWS has nothing to build.
    nth: 2,
    title: `create the interface endpoint for ${endpoints.interface[0]}`,
    failure: { code: 'InternalError', message: 'It could not be created.' },
  },
])('what $call begins, and AWS gives up,', ({ call, nth, title, failure }) => {
  let prior: unknown;
  let plan: Plan;
  beforeEach(async () => {
    prior = stateOf(await look());
    plan = await planNow();
    on.emulator.faults.add({ call, nth, effect: { kind: 'give-up', failure } });
  });

  const stopped = () => carryPlan(plan, on.file('j'), on.account, { parallel: 1 });
  const isAsFound = async () => expect(stateOf(await look())).toEqual(prior);

  test('is told with what AWS said, and taken back', async () => {
    const run = await stopped();
    const applied = { ...run, notFixed: [], gaps: [] };
    const screen = renderApplied(
      plan,
      applied,
      'j',
      lookOf({ width: 80, colors: 0, unicode: true, all: false }),
    );
    expect(screen.replaceAll(/\s+/g, ' ')).toContain(
      `It was begun by AWS, and given up: ${failure.code}: ${failure.message} Nothing was begun after it.`,
    );
    expect(screen).toContain('\nTo go on:     securecart apply makes a new plan, of what is there now\n');
    expect(verdictOfRun(applied)).toBe(4);
    expect(await undo(on.file('j'), on.account)).toEqual(whole);
    await isAsFound();
  });

  test('is not asked for again by a resume, which sends nothing', async () => {
    await stopped();
    on.emulator.log.clear();
    await expect(resume(on.file('j'), on.account)).rejects.toMatchObject({
      code: 'plan-refused',
      detail: expect.stringContaining(`${failure.code}: ${failure.message}`),
    });
    expect(on.emulator.log.mutating()).toEqual([]);
  });

  test('is left behind by a new plan, which creates another', async () => {
    await stopped();
    const rest = await planNow();
    expect(rest.mends.flatMap(({ changes }) => changes.map(change => change.title))).toContain(title);
    expect(await fix(rest, on.file('rest'), on.account)).toEqual(whole);
    expect(shortcomings(await look(), baseline).filter(text => text.startsWith('vpc/'))).toEqual([]);
    expect(await undo(on.file('rest'), on.account)).toEqual(whole);
    expect(await undo(on.file('j'), on.account)).toEqual(whole);
    await isAsFound();
  });
});

test('a run that is killed before it sees that AWS gave up is not resumed either, and taken back', async () => {
  const prior = stateOf(await look());
  const effect = { kind: 'give-up', failure: notAttached } as const;
  on.emulator.faults.add({ call: 'ec2:CreateNatGateway', nth: 1, effect });
  const mortal = killedAt('ec2:CreateNatGateway', 'after', on.account);
  await expect(fix(await planNow(), on.file('j'), mortal, { parallel: 1 })).rejects.toThrow(Killed);
  await mortal.settled();
  await expect(resume(on.file('j'), on.account)).rejects.toMatchObject({ code: 'plan-refused' });
  expect(await undo(on.file('j'), on.account)).toEqual(whole);
  expect(stateOf(await look())).toEqual(prior);
});
