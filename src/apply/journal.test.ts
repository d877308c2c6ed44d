import { appendFile, type FileHandle, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { planForShop } from '../../test/apply/planned.ts';
import { shop } from '../../test/builders/shop.ts';
import type { JournalEvent } from '../model/journal.ts';
import { continueJournal, createJournal, readJournal } from './journal.ts';

const now = () => new Date('2026-01-01T00:00:00Z');
const start: JournalEvent = {
  kind: 'start',
  schemaVersion: 1,
  run: '00000000-0000-4000-8000-000000000000',
  plan: planForShop(shop()),
};
const failed: JournalEvent = { kind: 'failed', change: 'sg-1/add-1', error: 'ec2:X: Denied' };
const end: JournalEvent = { kind: 'end', result: 'stopped' };

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'securecart-')), 'journal.jsonl');
  const journal = await createJournal(path, now);
  for (const event of [start, failed, end]) await journal.append(event);
  await journal.close();
});

test('what is written is read', async () => {
  expect((await readJournal(path)).events).toEqual([start, failed, end]);
});

test('events that come at once are written in turn', async () => {
  const journal = await continueJournal(path, await readJournal(path), now);
  await Promise.all([failed, end, failed].map(event => journal.append(event)));
  await journal.close();
  expect((await readJournal(path)).events).toEqual([start, failed, end, failed, end, failed]);
});

test('a journal is never overwritten', async () => {
  await expect(createJournal(path, now)).rejects.toMatchObject({ code: 'file-unwritable' });
});

test('a line that cannot be written is told', async () => {
  const journal = await continueJournal(path, await readJournal(path), now);
  await journal.close();
  await expect(journal.append(end)).rejects.toMatchObject({
    code: 'journal-unwritable',
    detail: expect.stringContaining(path),
  });
});

test('nothing follows a line that a full disk cut short, so that all before it can be read', async () => {
  const journal = await continueJournal(path, await readJournal(path), now);
  const file = await open(path, 'a');
  const handles: FileHandle = Object.getPrototypeOf(file);
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const spy = vi.spyOn(handles, 'appendFile').mockImplementationOnce(async () => {
    await appendFile(path, '{"seq":3,"at":"2026-01-01T0');
    throw full;
  });
  await expect(journal.append(failed)).rejects.toMatchObject({ code: 'journal-unwritable' });
  spy.mockRestore();
  await expect(journal.append(end)).rejects.toMatchObject({ code: 'journal-unwritable' });
  await Promise.all([journal.close(), file.close()]);
  expect((await readJournal(path)).events).toEqual([start, failed, end]);
});

describe('of two runs that go on with one journal, from machines that share no lock,', () => {
  test('the one that writes second writes nothing', async () => {
    const read = await readJournal(path);
    const [first, second] = await Promise.all([0, 1].map(() => continueJournal(path, read, now)));
    await first?.append(failed);
    await expect(second?.append(end)).rejects.toMatchObject({
      code: 'journal-unwritable',
      detail: expect.stringContaining('another run'),
    });
    await Promise.all([first?.close(), second?.close()]);
    expect((await readJournal(path)).events).toEqual([start, failed, end, failed]);
  });

  test('the one that has read it before the other wrote cuts off no line of it', async () => {
    const read = await readJournal(path);
    const other = await continueJournal(path, read, now);
    await other.append(failed);
    await other.close();
    await expect(continueJournal(path, read, now)).rejects.toMatchObject({ code: 'journal-unwritable' });
    expect((await readJournal(path)).events).toEqual([start, failed, end, failed]);
  });
});

test('a journal that cannot be gone on with is told, and is no bug', async () => {
  const read = await readJournal(path);
  await rm(path);
  await expect(continueJournal(path, read, now)).rejects.toMatchObject({ code: 'journal-unwritable' });
});

test('a last line that was cut short is dropped, and the journal goes on', async () => {
  await appendFile(path, '{"seq":3,"at":"2026-01-01T0');
  const read = await readJournal(path);
  expect(read.events).toEqual([start, failed, end]);
  const journal = await continueJournal(path, read, now);
  await journal.append(failed);
  await journal.close();
  expect((await readJournal(path)).events).toEqual([start, failed, end, failed]);
});

describe('a journal is refused', () => {
  test.each([
    {
      name: 'when a line is edited',
      edit: (lines: string[]) => lines.map(line => line.replace('Denied', 'Granted')),
      line: 2,
    },
    {
      name: 'when the last line is edited',
      edit: (lines: string[]) => lines.map(line => line.replace('stopped', 'done')),
      line: 3,
    },
    { name: 'when a line is missing', edit: (lines: string[]) => lines.toSpliced(1, 1), line: 2 },
    { name: 'when lines change places', edit: ([a = '', b = '', c = '']: string[]) => [a, c, b], line: 2 },
    { name: 'when a line is no JSON', edit: (lines: string[]) => lines.with(1, 'hello'), line: 2 },
    {
      name: 'when its plan is edited',
      edit: (lines: string[]) => lines.map(line => line.replace('111122223333', '999999999999')),
      line: 1,
    },
  ])('$name', async ({ edit, line }) => {
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    await writeFile(path, `${edit(lines).join('\n')}\n`);
    await expect(readJournal(path)).rejects.toMatchObject({
      code: 'journal-invalid',
      detail: `${path}:${line} is not as it was written.`,
    });
  });

  test('when it is empty', async () => {
    await writeFile(path, '');
    await expect(readJournal(path)).rejects.toMatchObject({ code: 'journal-invalid' });
  });
});
