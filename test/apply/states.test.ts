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
  /** What it is about. */
  readonly systems: readonly string[];
  readonly left?: Readonly<Record<string, Obstacle>>;
  /** Whether what disturbs is left alone, as it is where nobody says otherwise. */
  readonly careful?: boolean;
}

const network = ['network-acl', 'security-group', 'vpc'];
const storage = ['s3', 'ebs', 'rds'];

const broken: Readonly<Record<string, Broken>> = {
  'drifted-groups': { state: states['drifted-groups'], systems: network },
  empty: { state: states.empty, systems: network, left: { 'vpc/present': 'no-mend' } },
  'legacy-shop': {
    state: states['legacy-shop'],
    systems: network,
    left: {
      'security-group/component-binding': 'no-mend',
      'vpc/endpoints': 'no-mend',
      'vpc/public-tier-contents': 'no-mend',
    },
  },
  'legacy-shop, carefully': {
    state: states['legacy-shop'],
    systems: ['network-acl', 'vpc'],
    careful: true,
    left: {
      'network-acl/association': 'would-cut-flow',
      'network-acl/private-inbound': 'would-cut-flow',
      'network-acl/private-outbound': 'would-cut-flow',
      'network-acl/public-inbound': 'would-cut-flow',
      'network-acl/public-outbound': 'would-cut-flow',
      'network-acl/remote-administration': 'would-cut-flow',
      'vpc/endpoints': 'no-mend',
      'vpc/private-routes': 'disruptive',
      'vpc/public-tier-contents': 'no-mend',
    },
  },
  'legacy-shop-storage': {
    state: states['legacy-shop'],
    systems: storage,
    left: { 'rds/force-tls': 'in-place', 'rds/subnet-tier': 'no-mend' },
  },
  'legacy-shop-identity': {
    state: states['legacy-shop'],
    systems: ['iam', 'access-key'],
    left: {
      'iam/administrators': 'in-place',
      'iam/role-present': 'no-mend',
      'iam/workload-roles': 'in-place',
    },
  },
  literal: { state: states.literal, systems: network },
  'misplaced-tiers': {
    state: states['misplaced-tiers'],
    systems: network,
    left: {
      'network-acl/remote-administration': 'no-mend',
      'vpc/endpoints': 'no-mend',
      'vpc/public-tier-contents': 'no-mend',
      'vpc/tiers': 'no-mend',
    },
  },
  'open-database': { state: states['open-database'], systems: network },
  'open-storage': {
    state: states['open-storage'],
    systems: storage,
    left: { 'ebs/snapshot-encryption': 'in-place', 'ebs/volume-encryption': 'in-place' },
  },
  'shadowed-nacls': { state: states['shadowed-nacls'], systems: network },
  'two-of-everything': {
    state: states['two-of-everything'],
    systems: network,
    left: { 'vpc/present': 'no-mend' },
  },
  unreadable: {
    state: states.unreadable,
    systems: network,
    left: { 'security-group/rds-ingress': 'unknown', 'security-group/rds-internet-ingress': 'unknown' },
  },
};

const controlsOf = ({ systems }: Broken) => systems.flatMap(system => ['--control', `${system}/*`]);

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

const fix = (name: string, of: Broken) =>
  run(
    'fix',
    ...controlsOf(of),
    '--yes',
    ...(of.careful === true ? [] : ['--allow-disruptive']),
    '--journal',
    `${name}.jsonl`,
    '-o',
    `${name}.json`,
  );

async function failing(of: Broken): Promise<string[]> {
  const { stdout } = await run('audit', ...controlsOf(of), '--format', 'json');
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

describe.each(Object.entries(broken))('the state %s', (name, of) => {
  const {
    state: { build, denied = [] },
    left = {},
  } = of;
  let prior: unknown;
  let outcome: Awaited<ReturnType<typeof run>>;

  beforeAll(async () => {
    await emulator.reset();
    emulator.faults.clear();
    Object.assign(process.env, emulator.env);
    await build(clientsFor(emulator));
    for (const action of denied) emulator.faults.denyAction(action);
    prior = await state(`${name}-prior`);
    outcome = await fix(name, of);
  });

  test('is mended, but for what is left alone with a reason', async () => {
    expect(await failing(of), outcome.screen).toEqual(Object.keys(left).sort());
    expect(outcome.screen).not.toContain('not fixed');
    expect(outcome.code, outcome.screen).toBe(Object.keys(left).length === 0 ? 0 : 1);
  });

  test('needs no second fix', async () => {
    emulator.log.clear();
    await fix(`${name}-again`, of);
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
});
