import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { fakeWorld } from '../builders/world.ts';
import { commandsOf, type Shown, withOutputs } from './transcript.ts';

// Each .md file here, and the README, is a test: its commands are run, and must show what is written below them. To write down what
// they show now: SECURECART_UPDATE=1 npx vitest run test/transcripts
const update = process.env.SECURECART_UPDATE !== undefined;
const files = [...readdirSync(import.meta.dirname).filter(name => name.endsWith('.md')), '../../README.md'];

describe.each(files)('%s', name => {
  const file = new URL(name, import.meta.url);
  const markdown = readFileSync(file, 'utf8');
  const commands = commandsOf(markdown);

  test('shows what is written', async () => {
    const outputs = await Promise.all(commands.map(show));
    if (update) writeFileSync(file, withOutputs(markdown, outputs));
    else expect(outputs).toEqual(commands.map(({ output }) => output));
  });

  test('has a command', () => {
    expect(commands).not.toEqual([]);
  });
});

/** What the screen shows of a command, its colours made visible, and the exit code in the last line. */
async function show({ setting, argv }: Shown): Promise<string> {
  const { world, screen } = fakeWorld(worldOf(setting));
  const code = await main(argv, world);
  return `${screen().replaceAll('\u001b', '␛')}Exit code: ${code}\n`;
}

/** `columns=120` and `color` make a terminal; any other `NAME=value` is the environment. */
function worldOf(setting: readonly string[]): Parameters<typeof fakeWorld>[0] {
  const pairs = setting.filter(word => word.includes('=')).map(word => word.split('='));
  const { columns, ...env } = Object.fromEntries(pairs);
  const color = setting.includes('color');
  return columns === undefined ? { color, env } : { color, env, columns: Number(columns) };
}
