import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../src/cli/main.ts';
import { Report } from '../src/model/report.ts';
import { readSnapshot } from '../src/snapshot/read-snapshot.ts';
import { writeSnapshot } from '../src/snapshot/write-snapshot.ts';
import { fakeWorld } from './builders/world.ts';
import { states } from './emulator/accounts/states/states.ts';
import { takeState } from './emulator/accounts/states/take.ts';

// fixtures/<state>/about.md says what is wrong there, and which controls must say so after which command; every control
// that it does not name must neither fail nor be unknown. `npm run fixtures` takes the snapshots anew.
const root = new URL('../fixtures/', import.meta.url);
const names = readdirSync(root).sort();
const textOf = (name: string, file: string) => readFileSync(new URL(`${name}/${file}`, root), 'utf8');

/** A command of an about.md, and by the table below it what each control says that is not content. */
interface Promised {
  argv: readonly string[];
  controls: Readonly<Record<string, string>>;
}

const row = /^\| `(.+)` \| (.+) \|$/gm;

const promisedIn = (about: string): Promised[] =>
  about
    .split('```console\n$ securecart ')
    .slice(1)
    .map(text => {
      const [command = '', ...below] = text.split('\n');
      const rows = [...below.join('\n').matchAll(row)].map(([, control = '', says = '']) => [control, says]);
      return { argv: command.split(' '), controls: Object.fromEntries(rows) };
    });

function saidBy({ findings }: Report): Promised['controls'] {
  const said = new Map<string, Set<string>>();
  for (const { control, status } of findings) {
    if (status === 'fail' || status === 'unknown')
      said.set(control, (said.get(control) ?? new Set()).add(status));
  }
  return Object.fromEntries(
    [...said].map(([control, statuses]) => [control, [...statuses].sort().join(', ')]),
  );
}

test('each state has a folder, and each folder a state', () => {
  expect(names).toEqual(Object.keys(states).sort());
});

describe.each(names)('%s', name => {
  const about = promisedIn(textOf(name, 'about.md'));
  const snapshot = textOf(name, 'snapshot.json');

  test('says by which command it is audited', () => {
    expect(about.length).toBeGreaterThan(0);
  });

  test('has a snapshot as the program writes it, and nothing else', () => {
    expect(writeSnapshot(readSnapshot(snapshot, name))).toBe(snapshot);
    expect(readdirSync(new URL(name, root)).sort()).toEqual(['about.md', 'snapshot.json']);
  });

  test.each(about)('$argv: what it says it is', async ({ argv, controls }) => {
    const { world, stdout } = fakeWorld();
    const code = await main([...argv, '--format', 'json'], world);
    expect(saidBy(Report.parse(JSON.parse(stdout())))).toEqual(controls);
    expect(code).toBe(Object.keys(controls).length === 0 ? 0 : 1);
  });
});

test('taken again, a state gives the same bytes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  const file = join(folder, 'snapshot.json');
  await takeState(states.unreadable, file);
  expect(await readFile(file, 'utf8')).toBe(textOf('unreadable', 'snapshot.json'));
  await rm(folder, { recursive: true });
});
