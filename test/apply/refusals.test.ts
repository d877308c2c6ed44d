import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, unlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJournal } from '../../src/apply/journal.ts';
import { parsePlanFile, renderPlanFile } from '../../src/apply/plan-file.ts';
import { main } from '../../src/cli/main.ts';
import { AccountId } from '../../src/model/identifiers.ts';
import type { Plan } from '../../src/model/plan.ts';
import { fakeWorld } from '../builders/world.ts';
import { clientsFor } from '../emulator/clients.ts';
import { account, type Emulator, startEmulator } from '../emulator/emulator.ts';
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

const elsewhere = AccountId.parse('210987654321');

/** A baseline that is not the shipped one. */
const otherBaseline = async () => {
  const shipped = await readFile(fakeWorld().world.shippedBaseline, 'utf8');
  await writeFile(join(folder, 'other.yaml'), `${shipped}\n# edited\n`);
};

/** Another run, which has the account. */
const otherRun = async () => {
  await mkdir(join(folder, 'securecart'), { recursive: true });
  const holder = { host: hostname(), pid: process.pid, since: 'now', journal: 'other.jsonl' };
  const lock = join(folder, 'securecart', `${account}.lock`);
  await writeFile(lock, JSON.stringify(holder));
  return () => unlink(lock);
};

interface Refused {
  readonly name: string;
  readonly edit?: Edit;
  /** What makes it so; it may answer how that is ended. */
  readonly given?: () => Promise<void | (() => Promise<void>)>;
  readonly args?: readonly string[];
  readonly code: number;
  readonly says: string;
}

const plans: readonly Refused[] = [
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
    args: ['--yes', '--region', 'us-east-1'],
    code: 3,
    says: 'It is for eu-west-1, and --region names us-east-1',
  },
  {
    name: 'is of another account',
    edit: () => renderPlanFile({ ...plan, account: elsewhere }),
    code: 3,
    says: 'It is for account 210987654321, and these credentials are for 123456789012',
  },
  {
    name: 'is of another baseline',
    given: otherBaseline,
    args: ['--yes', '--baseline', 'other.yaml'],
    code: 3,
    says: 'another baseline',
  },
  { name: 'nobody can be asked about', args: [], code: 3, says: 'There is no terminal to ask you in' },
  {
    name: 'changes more than the limit',
    args: ['--yes', '--max-changes', '2'],
    code: 3,
    says: '--max-changes is 2',
  },
  {
    name: 'finds another run at work',
    given: otherRun,
    code: 3,
    says: 'Account 123456789012 is locked by',
  },
  {
    name: 'AWS would deny',
    given: async () => emulator.faults.denyAction('ec2:RevokeSecurityGroupIngress'),
    code: 3,
    says: 'ec2:RevokeSecurityGroupIngress',
  },
];

test.each(plans)(
  'a plan that $name is refused, and nothing is touched',
  async ({ edit = text => text, given, args = ['--yes'], code, says }) => {
    await cp(join(folder, 'plan.json'), join(folder, 'own.json'));
    await rewrite('own.json', edit);
    const end = await given?.();
    emulator.log.clear();
    const refused = await run(['fix', '--plan', 'own.json', '--journal', 'none.jsonl', ...args]);
    await end?.();
    emulator.faults.clear();
    expect(refused.stderr).toContain(says);
    expect(refused.code).toBe(code);
    expect(emulator.log.mutating()).toEqual([]);
    expect(existsSync(join(folder, 'none.jsonl'))).toBe(false);
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
  {
    name: 'is of another account',
    change: { account: elsewhere },
    code: 3,
    says: 'It is for account 210987654321',
  },
  {
    name: 'was begun with another baseline',
    by: [resume],
    args: ['--baseline', 'other.yaml'],
    code: 3,
    says: 'was begun with another baseline',
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
    await otherBaseline();
    emulator.log.clear();
    const refused = await run([...command, file, '--yes', ...args]);
    expect(refused.stderr).toContain(says);
    expect(refused.code).toBe(code);
    expect(emulator.log.mutating()).toEqual([]);
  },
);
