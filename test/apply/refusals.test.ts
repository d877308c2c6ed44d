import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJournal } from '../../src/apply/journal.ts';
import { parsePlanFile, renderPlanFile } from '../../src/apply/plan-file.ts';
import { main } from '../../src/cli/main.ts';
import type { Plan } from '../../src/model/plan.ts';
import { fakeWorld } from '../builders/world.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { buildDriftedGroups } from './accounts.ts';
import { now, sessionWith } from './live.ts';

let emulator: Emulator;
let folder: string;
let plan: Plan;
beforeAll(async () => {
  emulator = await startEmulator();
  sessionWith(emulator);
  await buildDriftedGroups(clientsFor(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  await run(['fix', '--control', 'security-group/*', '--plan-only', '-o', 'plan.json']);
  plan = await parsePlanFile(await readFile(join(folder, 'plan.json'), 'utf8'), 'plan.json');
});
afterAll(() => emulator.stop());

async function run(args: readonly string[]) {
  const { world, stderr } = fakeWorld({ cwd: folder, env: { XDG_STATE_HOME: folder } });
  return { code: await main(args, world), stderr: stderr().replaceAll(/\s+/g, ' ') };
}

const rewrite = async (file: string, edit: (text: string) => string) =>
  writeFile(join(folder, file), edit(await readFile(join(folder, file), 'utf8')));

type Edit = (text: string) => string;
const planOf =
  (change: Partial<Plan>): Edit =>
  () =>
    renderPlanFile({ ...plan, ...change });
const older: Partial<Plan> = { tool: { name: 'securecart', version: '0.0.0-older' } };

const plans: { name: string; edit: Edit; args?: string[]; code: number; says: string }[] = [
  { name: 'is cut short', edit: text => text.slice(0, -99), code: 2, says: 'is cut short' },
  { name: 'is edited', edit: text => text.replace('"review"', '"safe"'), code: 2, says: 'was edited' },
  {
    name: 'is of another schema',
    edit: text => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
    code: 2,
    says: 'is of version 2; this program writes and reads version 1',
  },
  {
    name: 'is of another version of the program',
    edit: planOf(older),
    code: 3,
    says: 'was made by securecart 0.0.0-older; this is 0.0.0',
  },
  { name: 'is an apply', edit: planOf({ kind: 'apply' }), code: 3, says: 'is a plan for securecart apply' },
  {
    name: 'is of another Region',
    edit: text => text,
    args: ['--region', 'us-east-1'],
    code: 3,
    says: 'It is for eu-west-1, and --region names us-east-1',
  },
];

test.each(plans)(
  'a plan that $name is refused, and nothing is touched',
  async ({ edit, args = [], code, says }) => {
    await cp(join(folder, 'plan.json'), join(folder, 'own.json'));
    await rewrite('own.json', edit);
    emulator.log.clear();
    const refused = await run(['fix', '--plan', 'own.json', '--yes', ...args]);
    expect(refused.stderr).toContain(says);
    expect(refused.code).toBe(code);
    expect(emulator.log.mutating()).toEqual([]);
  },
);

const resume = ['fix', '--resume'];
const undo = ['undo'];
const journals: {
  name: string;
  by?: string[][];
  change?: Partial<Plan>;
  edit?: Edit;
  args?: string[];
  code: number;
  says: string;
}[] = [
  {
    name: 'has a line that is edited',
    edit: text => text.replace('"stopped"', '"done"'),
    code: 2,
    says: ':2 is not as it was written',
  },
  {
    name: 'has lost a line',
    edit: text => text.split('\n').slice(1).join('\n'),
    code: 2,
    says: ':1 is not as it was written',
  },
  {
    name: 'is cut short in its first line',
    edit: text => text.slice(0, 999),
    code: 2,
    says: 'does not begin with a plan',
  },
  {
    name: 'is of another schema',
    edit: text => text.replace('"schemaVersion":1', '"schemaVersion":2'),
    code: 2,
    says: 'is of version 2; this program writes and reads version 1',
  },
  {
    name: 'is of another version of the program',
    by: [resume],
    change: older,
    code: 3,
    says: 'was begun by securecart 0.0.0-older; this is 0.0.0',
  },
  {
    name: 'is of another Region',
    args: ['--region', 'us-east-1'],
    code: 3,
    says: 'It is for eu-west-1, and --region names us-east-1',
  },
  { name: 'is of an undo', by: [undo], change: { kind: 'undo' }, code: 3, says: 'is the journal of an undo' },
];

test.each(
  journals.flatMap(({ by = [resume, undo], ...journal }) => by.map(command => ({ command, ...journal }))),
)(
  'a journal that $name is refused by $command, and nothing is touched',
  async ({ command, change = {}, edit = text => text, args = [], code, says }) => {
    const file = `${journals.findIndex(journal => journal.says === says)}-${command[0]}.jsonl`;
    const journal = await createJournal(join(folder, file), now);
    const kept = { ...plan, tool: { name: 'securecart' as const, version: '0.0.0' }, ...change };
    const id = '00000000-0000-4000-8000-000000000000';
    await journal.append({ kind: 'start', schemaVersion: 1, run: id, plan: kept });
    await journal.append({ kind: 'end', result: 'stopped' });
    await journal.close();
    await rewrite(file, edit);
    emulator.log.clear();
    const refused = await run([...command, file, '--yes', ...args]);
    expect(refused.stderr).toContain(says);
    expect(refused.code).toBe(code);
    expect(emulator.log.mutating()).toEqual([]);
  },
);
