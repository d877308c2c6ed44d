import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileWhole } from './write-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  file = join(folder, 'report.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is written, and nothing is left beside it', async () => {
  await writeFileWhole(file, 'new');
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['report.json']);
});

test('a file that is there keeps its permissions', async () => {
  await writeFile(file, 'a much longer old text');
  await chmod(file, 0o600);
  await writeFileWhole(file, 'new');
  expect(await readFile(file, 'utf8')).toBe('new');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a symbolic link stays one', async () => {
  const target = join(folder, 'target.json');
  await writeFile(target, 'old');
  await symlink(target, file);
  await writeFileWhole(file, 'new');
  expect(await readFile(target, 'utf8')).toBe('new');
});

test('what was there stays when writing fails', async () => {
  await writeFile(file, 'old');
  // The name of the temporary file is taken, so it cannot be made.
  await writeFile(`${file}.${process.pid}.tmp`, '');
  await expect(writeFileWhole(file, 'new')).rejects.toThrow(/cannot be written.*report\.json/);
  expect(await readFile(file, 'utf8')).toBe('old');
});

test('a device is written to, not replaced', async () => {
  await writeFileWhole('/dev/null', 'new');
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

test('a folder that is not there is named', async () => {
  await expect(writeFileWhole(join(folder, 'no', 'report.json'), 'new')).rejects.toThrow(
    /no\/report\.json: no such file or directory\.$/,
  );
});
