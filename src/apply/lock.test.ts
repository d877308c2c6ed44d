import { mkdtemp, readdir, unlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { AccountId } from '../model/identifiers.ts';
import { lockAccount } from './lock.ts';

const account = AccountId.parse('111122223333');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
});

const lock = (of = account) =>
  lockAccount(of, { folder, journal: 'j.jsonl', now: () => new Date('2026-01-01T00:00:00Z') });
const holder = (pid: number, host: string) =>
  writeFile(
    join(folder, `${account}.lock`),
    JSON.stringify({ host, pid, since: '2025', journal: 'other.jsonl' }),
  );

test('one run at a time has an account', async () => {
  const { release, lost } = await lock();
  await expect(lock()).rejects.toMatchObject({
    code: 'locked',
    detail: expect.stringContaining(`process ${process.pid} on ${hostname()}`),
    suggestion: expect.stringContaining('rm '),
  });
  await (await lock(AccountId.parse('444455556666'))).release();
  expect(await lost()).toBeUndefined();
  await release();
  await (await lock()).release();
  expect(await readdir(folder)).toEqual([]);
});

test('a state folder that cannot be made is told, and is no bug', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  const options = { folder: join(file, 'state'), journal: 'j.jsonl', now: () => new Date() };
  await expect(lockAccount(account, options)).rejects.toMatchObject({
    code: 'file-unwritable',
    suggestion: expect.stringContaining('XDG_STATE_HOME'),
  });
});

// The largest pid that Linux gives is 4194304.
test('the lock of a process that is gone is taken over', async () => {
  await holder(4_194_305, hostname());
  await (await lock()).release();
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  { name: 'is gone', how: () => unlink(join(folder, `${account}.lock`)), says: 'is gone', left: [] },
  {
    name: 'is another run’s',
    how: () => holder(7, 'elsewhere'),
    says: 'process 7 on elsewhere',
    left: [`${account}.lock`],
  },
])('a lock that $name is lost, and not given back', async ({ how, says, left }) => {
  const { lost, release } = await lock();
  await how();
  expect(await lost()).toContain(says);
  await release();
  expect(await readdir(folder)).toEqual(left);
});

test.each([
  { name: 'another machine', hold: () => holder(4_194_305, 'elsewhere'), says: 'other.jsonl' },
  { name: 'nobody knows whom', hold: () => writeFile(join(folder, `${account}.lock`), 'x'), says: 'someone' },
])('the lock of $name is not', async ({ hold, says }) => {
  await hold();
  await expect(lock()).rejects.toMatchObject({ code: 'locked', detail: expect.stringContaining(says) });
});
