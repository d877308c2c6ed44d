import { access, constants, open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SecureCartError } from '../model/error.ts';
import { systemReason } from '../model/system-reason.ts';

/** Throws a SecureCartError where a file surely cannot be written, so that nobody waits for a report that has no place. */
export async function checkWritable(path: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Writes a file whole or not at all: beside it under another name, synced, then renamed over it. What was there before
 * stays until then. A device or pipe, such as /dev/stdout, is written to as it is, since renaming would replace it.
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  try {
    const present = await stat(path).catch(() => undefined);
    if (present && !present.isFile()) await writeFile(path, text);
    else await replace(present ? await realpath(path) : path, text, present?.mode);
  } catch (error) {
    throw unwritable(path, error);
  }
}

const unwritable = (path: string, cause: unknown): SecureCartError =>
  new SecureCartError('file-unwritable', `${path}: ${systemReason(cause)}.`, { cause });

async function replace(path: string, text: string, mode: number | undefined): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    if (mode !== undefined) await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file.close();
    await unlink(temporary);
    throw error;
  }
}
