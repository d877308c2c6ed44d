import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePlanFile } from '../../src/apply/plan-file.ts';
import { main } from '../../src/cli/main.ts';
import type { Obstacle } from '../../src/model/plan.ts';
import { Report } from '../../src/model/report.ts';
import { readSnapshot } from '../../src/snapshot/read-snapshot.ts';
import { fakeWorld } from '../builders/world.ts';
import type { State } from '../emulator/accounts/states/state.ts';
import { states } from '../emulator/accounts/states/states.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { canonicalSnapshot } from './canonical.ts';

/** What a fix leaves of a state: the controls that fail still, and why. */
interface Broken {
  readonly state: State;
  readonly left?: Readonly<Record<string, Obstacle>>;
}

const broken: Readonly<Record<string, Broken>> = {
  'drifted-groups': { state: states['drifted-groups'] },
  empty: { state: states.empty, left: { 'vpc/present': 'no-mend' } },
  'legacy-shop': {
    state: states['legacy-shop'],
    left: {
      'security-group/component-binding': 'no-mend',
      'vpc/endpoints': 'no-mend',
      'vpc/flow-logs': 'no-mend',
      'vpc/public-tier-contents': 'no-mend',
    },
  },
  literal: { state: states.literal },
  'misplaced-tiers': {
    state: states['misplaced-tiers'],
    left: {
      'network-acl/remote-administration': 'no-mend',
      'vpc/endpoints': 'no-mend',
      'vpc/flow-logs': 'no-mend',
      'vpc/public-tier-contents': 'no-mend',
      'vpc/tiers': 'no-mend',
    },
  },
  'open-database': { state: states['open-database'] },
  'shadowed-nacls': { state: states['shadowed-nacls'] },
  'two-of-everything': { state: states['two-of-everything'], left: { 'vpc/present': 'no-mend' } },
  unreadable: {
    state: states.unreadable,
    left: { 'security-group/rds-ingress': 'unknown', 'security-group/rds-internet-ingress': 'unknown' },
  },
};

/** The systems that these states are about. */
const network = ['network-acl', 'security-group', 'vpc'].flatMap(system => ['--control', `${system}/*`]);

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
});
afterAll(() => emulator.stop());

async function run(...args: string[]) {
  const { world, stdout, screen } = fakeWorld({ cwd: folder, env: { XDG_STATE_HOME: folder } });
  const code = await main(args, world);
  return { code, stdout: stdout(), screen: screen() };
}

const fix = (name: string) =>
  run('fix', ...network, '--yes', '--allow-disruptive', '--journal', `${name}.jsonl`, '-o', `${name}.json`);

async function failing(): Promise<string[]> {
  const { stdout } = await run('audit', ...network, '--format', 'json');
  const { findings } = Report.parse(JSON.parse(stdout));
  return [...new Set(findings.filter(({ status }) => status === 'fail').map(({ control }) => control))];
}

async function state(name: string) {
  await run('snapshot', '--allow-unknown', '--output', `${name}.snapshot.json`);
  const file = join(folder, `${name}.snapshot.json`);
  return canonicalSnapshot(readSnapshot(await readFile(file, 'utf8'), file));
}

async function leftAlone(name: string): Promise<Record<string, string>> {
  const file = join(folder, `${name}.json`);
  const plan = await parsePlanFile(await readFile(file, 'utf8'), file);
  return Object.fromEntries(
    plan.leftAlone.flatMap(({ obstacle, for: causes }) => causes.map(({ control }) => [control, obstacle])),
  );
}

describe.each(Object.entries(broken))(
  'the state %s',
  (name, { state: { build, denied = [] }, left = {} }) => {
    let prior: unknown;
    let outcome: Awaited<ReturnType<typeof run>>;

    beforeAll(async () => {
      await emulator.reset();
      emulator.faults.clear();
      Object.assign(process.env, emulator.env);
      await build(clientsFor(emulator));
      for (const action of denied) emulator.faults.denyAction(action);
      prior = await state(`${name}-prior`);
      outcome = await fix(name);
    });

    test('is mended, but for what is left alone with a reason', async () => {
      expect(await failing(), outcome.screen).toEqual(Object.keys(left).sort());
      expect(outcome.code, outcome.screen).toBe(Object.keys(left).length === 0 ? 0 : 1);
    });

    test('needs no second fix', async () => {
      emulator.log.clear();
      await fix(`${name}-again`);
      expect(emulator.log.mutating()).toEqual([]);
      expect(await leftAlone(`${name}-again`)).toEqual(left);
    });

    test('comes back by undo', async () => {
      // Where nothing could be mended, there is nothing to take back.
      if (existsSync(join(folder, `${name}.jsonl`))) {
        const undone = await run('undo', `${name}.jsonl`, '--yes', '--journal', `${name}.undo.jsonl`);
        expect(undone.code, undone.screen).toBe(0);
      }
      expect(await state(`${name}-undone`)).toEqual(prior);
    });
  },
);
