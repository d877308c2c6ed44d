import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { UnknownReason } from '../../src/model/fact.ts';
import type { Report } from '../../src/model/report.ts';
import { states } from '../emulator/accounts/states/states.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { Effect } from '../emulator/faults.ts';
import { runCli } from '../emulator/run-cli.ts';
import { type Audited, audit, withStatus } from './auditing.ts';

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

/** Holds an audit that missed something to the whole one: nothing passes that did not pass before. */
function demandNoNewPass(missing: Audited, whole: Audited, call: string): void {
  const before = withStatus(whole.report, 'pass');
  const gained = [...withStatus(missing.report, 'pass')].filter(id => !before.has(id));
  expect(gained, call).toEqual([]);
}

/** The network's controls, which hang on every call that they make. */
const network = ['network-acl', 'security-group', 'vpc'].flatMap(system => ['--control', `${system}/*`]);

/** Builds a state, and audits it whole; gives the calls that it took too, with their IAM actions. */
async function wholeAudit(name: keyof typeof states) {
  await emulator.reset();
  await states[name].build(clientsFor(emulator));
  emulator.log.clear();
  const whole = await audit(...network);
  const calls = new Map(emulator.log.calls.map(({ name, action }) => [name, action]));
  emulator.log.clear();
  return { whole, calls };
}

test('whichever read of a broken account is denied, what failed does not pass, and what passed does not fail', async () => {
  const { whole, calls } = await wholeAudit('legacy-shop');
  const passed = withStatus(whole.report, 'pass');
  for (const [call, action] of calls) {
    emulator.faults.clear();
    emulator.faults.denyAction(action);
    const missing = await audit(...network);
    demandNoNewPass(missing, whole, call);
    const turned = [...withStatus(missing.report, 'fail')].filter(id => passed.has(id));
    expect(turned, call).toEqual([]);
    expect([1, 3], call).toContain(missing.code);
  }
});

describe('a call that fails for good', () => {
  let whole: Audited;
  let calls: string[];

  beforeEach(async () => {
    if (whole !== undefined) return;
    const compliant = await wholeAudit('compliant');
    whole = compliant.whole;
    calls = [...compliant.calls.keys()];
  });

  const effects: { effect: Effect; kind: UnknownReason['kind'] }[] = [
    { effect: { kind: 'throttle' }, kind: 'throttled' },
    { effect: { kind: 'server-error' }, kind: 'failed' },
    { effect: { kind: 'cut', when: 'after' }, kind: 'network' },
  ];
  test.each(effects)(
    'by $effect.kind is told as $kind, and nothing passes by it',
    async ({ effect, kind }) => {
      // One call of each service speaks for its others, which fail by the same code.
      const sample = new Map(calls.map(call => [call.replace(/:.*/, ''), call]));
      for (const call of sample.values()) {
        emulator.faults.clear();
        emulator.faults.add({ call, effect });
        const missing = await audit(...network);
        demandNoNewPass(missing, whole, call);
        expect(reasonsIn(missing.report), call).toContainEqual(expect.objectContaining({ kind, call }));
        expect(withStatus(missing.report, 'fail'), call).toEqual(new Set());
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
