import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { fakeWorld } from '../builders/world.ts';
import { inAccount } from './account.ts';
import { commandsOf, type Shown, withOutputs } from './transcript.ts';

// Each .md file here, and the README, is a test: its commands are run, and must show what is written below them. To write down what
// they show now: SECURECART_UPDATE=1 npx vitest run test/transcripts
const update = process.env.SECURECART_UPDATE !== undefined;
const files = [...readdirSync(import.meta.dirname).filter(name => name.endsWith('.md')), '../../README.md'];

describe.each(files)('%s', name => {
  const file = new URL(name, import.meta.url);
  const markdown = readFileSync(file, 'utf8');
  const commands = commandsOf(markdown);
  const [account, ...others] = new Set(commands.flatMap(({ account: of }) => of ?? []));

  test('shows what is written', async () => {
    const outputs = await (account === undefined ? showAll(commands) : inAccount(account, showAllIn));
    if (update) writeFileSync(file, withOutputs(markdown, outputs));
    else expect(outputs).toEqual(commands.map(({ output }) => output));
  });

  const showAllIn = (folder: string) => showAll(commands, folder);

  test('has a command, and one account at the most', () => {
    expect(commands).not.toEqual([]);
    expect(others).toEqual([]);
  });
});

/** What the screen shows of each command in turn; those of an account run in the folder, and meet what the ones before them have left. */
async function showAll(commands: readonly Shown[], folder?: string): Promise<string[]> {
  const screens: string[] = [];
  for (const command of commands)
    screens.push(await show(command, command.account === undefined ? undefined : folder));
  return screens;
}

/** What the screen shows of a command, its colours made visible and its folder hidden, and the exit code in the last line. */
async function show({ setting, argv }: Shown, folder: string | undefined): Promise<string> {
  const place = folder === undefined ? {} : { cwd: folder, env: { XDG_STATE_HOME: folder } };
  const { world, screen } = fakeWorld({ ...place, ...worldOf(setting) });
  const code = await main(argv, world);
  const shown = screen().replaceAll('\u001b', '␛').replaceAll(`${folder}/`, '');
  return `${shown}Exit code: ${code}\n`;
}

/** `columns=120` and `color` make a terminal; any other `NAME=value` is the environment. */
function worldOf(setting: readonly string[]): Parameters<typeof fakeWorld>[0] {
  const pairs = setting.filter(word => word.includes('=')).map(word => word.split('='));
  const { columns, ...env } = Object.fromEntries(pairs);
  const color = setting.includes('color');
  const given = Object.keys(env).length === 0 ? {} : { env };
  return columns === undefined ? { color, ...given } : { color, ...given, columns: Number(columns) };
}
