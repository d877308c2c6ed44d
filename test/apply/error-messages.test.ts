import { beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { fakeWorld } from '../builders/world.ts';
import type { Effect } from '../emulator/faults.ts';
import { emulated } from './emulated.ts';
import { sessionWith } from './live.ts';
import { effects, type Spoiling } from './spoiled.ts';
import { buildWeakUserPool, poolState, type WeakUserPool } from './weak-user-pool.ts';

const at = emulated();

let pool: WeakUserPool;
beforeEach(async () => {
  pool = await buildWeakUserPool(at.aws);
  sessionWith(at.emulator, 1);
});

/** Runs a command line in a pipe. */
async function run(...args: string[]) {
  const { world, stdout, stderr } = fakeWorld({
    cwd: at.file('.'),
    env: { XDG_STATE_HOME: at.file('state') },
  });
  return { code: await main(args, world), stdout: stdout(), stderr: stderr() };
}

/** Fixes what two changes mend, of which one meets the effect. */
async function fixWhere(call: string, effect: Effect) {
  at.emulator.faults.add({ call, nth: 1, effect });
  const controls = ['--control', 'cognito/mfa', '--control', 'cognito/password-policy'];
  const ended = await run('fix', ...controls, '--yes', '--journal', 'j.jsonl');
  at.emulator.faults.clear();
  return ended;
}

test.each(Object.entries<Spoiling>(effects))(
  'a fix of which the second call is %s says so, ends by its exit code, and is taken back',
  async (_, { effect, says }) => {
    const prior = await poolState(at.aws, pool);
    const { code, stdout } = await fixWhere('cognito-idp:UpdateUserPool', effect);
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(code, stdout).toBe(says === undefined ? 0 : 4);
    expect(text).toContain(says === undefined ? '2 of 2 changes made.' : '1 of 2 changes made. ✗ 1. ');
    if (says !== undefined) expect(text).toContain(says);
    const undone = await run('undo', 'j.jsonl', '--yes');
    expect(undone.code, undone.stdout).toBe(0);
    expect(await poolState(at.aws, pool)).toEqual(prior);
  },
);

test('a fix of which the first call is denied has changed nothing, and says what to allow', async () => {
  const { code, stdout, stderr } = await fixWhere('cognito-idp:SetUserPoolMfaConfig', effects.denied.effect);
  expect(code).toBe(2);
  const change = `user-pool/eu-west-1/${pool.UserPoolId.split('_')[1]}/mfa`;
  const journal = `Journal: ${at.file('j.jsonl')}`;
  const title = 'ask every user for a second factor';
  expect(stderr).toBe(`${journal}\n✗ 1. ${title}\n`);
  expect(stdout.slice(stdout.indexOf('0 of 2')).split('\n')).toEqual([
    '0 of 2 changes made.',
    `✗ 1. ${title}`,
    `  (${change})`,
    '  It failed, and left its object as it was: cognito-idp:SetUserPoolMfaConfig:',
    '  AccessDeniedException: User: arn:aws:iam::123456789012:user/securecart is not',
    '  authorized to perform: cognito-idp:SetUserPoolMfaConfig because no',
    '  identity-based policy allows the cognito-idp:SetUserPoolMfaConfig action',
    '  Let this identity call cognito-idp:GetUserPoolMfaConfig,',
    '  cognito-idp:SetUserPoolMfaConfig, then go on.',
    `To go on:     securecart fix --resume ${at.file('j.jsonl')}`,
    journal,
    '',
  ]);
});
