import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { UnknownReason } from '../../src/model/fact.ts';
import type { Report } from '../../src/model/report.ts';
import { states } from '../emulator/accounts/states/states.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { Effect } from '../emulator/faults.ts';
import { runCli } from '../emulator/run-cli.ts';
import { type Audited, audit, controlsOn, withStatus } from './auditing.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(() => {
  // A call that fails is not tried again: a test of what is said of it need not wait.
  for (const [name, value] of Object.entries({ ...emulator.env, AWS_MAX_ATTEMPTS: '1' })) {
    vi.stubEnv(name, value);
  }
  emulator.log.clear();
  return () => {
    emulator.faults.clear();
    vi.unstubAllEnvs();
  };
});

/** Every reason that a report gives for what it does not know. */
const reasonsIn = ({ account, findings, coverage }: Report): UnknownReason[] => [
  ...(account.kind === 'unknown' ? [account.reason] : []),
  ...findings.flatMap(({ reason }) => reason ?? []),
  ...coverage.skippedRegions.map(({ reason }) => reason),
];

/** Holds an audit that missed something to the whole one: nothing passes that did not before, and no control fails. */
function demandNothingNew(missing: Audited, whole: Audited, call: string): void {
  const passed = withStatus(whole.report, 'pass');
  expect(
    [...withStatus(missing.report, 'pass')].filter(id => !passed.has(id)),
    call,
  ).toEqual([]);
  // By control: what is not known any more may go by another name, such as that of its network interface.
  const failed = failing(whole.report);
  expect(
    [...failing(missing.report)].filter(control => !failed.has(control)),
    call,
  ).toEqual([]);
}

const failing = ({ findings }: Report) =>
  new Set(findings.flatMap(({ control, status }) => (status === 'fail' ? control : [])));

/** Builds a state, and audits it whole; gives the calls that it took too, with their IAM actions. */
async function wholeAudit(name: keyof typeof states) {
  await emulator.reset();
  await states[name].build(clientsFor(emulator));
  for (const [name, value] of Object.entries(emulator.env)) vi.stubEnv(name, value);
  emulator.log.clear();
  const whole = await audit();
  return { whole, calls: emulator.log.calls.map(({ name, action }) => ({ name, action })) };
}

/** The first of each: where it fails, none of the same comes after it. */
const firstOf = (calls: readonly Call[], keyOf: (call: Call) => string): Call[] => [
  ...new Map(calls.toReversed().map(call => [keyOf(call), call])).values(),
];

/** A call as a reason names it: to IAM, HTTP APIs and REST APIs are one service. */
const callOf = (name: string): string => name.replace('apigatewayv2:', 'apigateway:');

type Call = { readonly name: string; readonly action: string };

describe.each(['compliant', 'legacy-shop'] as const)('%s', state => {
  test('whichever read is denied, the permission is named, and nothing passes or fails that did not', async () => {
    const { whole, calls } = await wholeAudit(state);
    const unnamed: string[] = [];
    for (const { name, action } of firstOf(calls, ({ action }) => action)) {
      emulator.faults.clear();
      emulator.faults.denyAction(action);
      const missing = await audit(...(await controlsOn(action)));
      demandNothingNew(missing, whole, name);
      const named = reasonsIn(missing.report).some(
        ({ kind, call, action: lacking }) => kind === 'denied' && call === callOf(name) && lacking === action,
      );
      if (!named) unnamed.push(action);
      else expect([1, 3], name).toContain(missing.code);
    }
    expect(unnamed).toEqual([]);
  }, 180_000);
});

describe('a call that fails for good', () => {
  let whole: Audited;
  let calls: Call[];

  beforeAll(async () => {
    ({ whole, calls } = await wholeAudit('compliant'));
  });

  const effects: { effect: Effect; kind: UnknownReason['kind'] }[] = [
    { effect: { kind: 'throttle' }, kind: 'throttled' },
    { effect: { kind: 'server-error' }, kind: 'failed' },
    { effect: { kind: 'cut', when: 'after' }, kind: 'network' },
  ];
  test.each(effects)(
    'by $effect.kind is told as $kind, and nothing passes or fails by it',
    async ({ effect, kind }) => {
      // One call of each service speaks for its others, which fail by the same code.
      for (const { name: call, action } of firstOf(calls, ({ name }) => name.replace(/:.*/, ''))) {
        emulator.faults.clear();
        emulator.faults.add({ call, effect });
        const missing = await audit(...(await controlsOn(action)));
        demandNothingNew(missing, whole, call);
        const reason = { kind, call: callOf(call) };
        expect(reasonsIn(missing.report), call).toContainEqual(expect.objectContaining(reason));
      }
    },
  );

  test('ends a process with the code for what is not known, after the tries that the environment allows', async () => {
    emulator.faults.add({ call: 'ec2:DescribeSubnets', effect: { kind: 'throttle' } });
    const options = { env: { AWS_MAX_ATTEMPTS: '2', AWS_RETRY_MODE: 'standard' } };
    const { code, stdout, stderr } = await runCli(emulator, ['audit', '--control', 'vpc/tiers'], options);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toContain('ec2:DescribeSubnets');
    const tries = emulator.log.calls.filter(({ name }) => name === 'ec2:DescribeSubnets');
    expect(tries).toHaveLength(2);
  });
});
