import { open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { SecureCartError } from '../model/error.ts';

/**
 * Writes a file whole or not at all: beside it under another name, synced, then renamed over it. What was there before
 * stays until then. A device or pipe, such as /dev/stdout, is written to as it is, since renaming would replace it.
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  try {
    const present = await stat(path).catch(() => undefined);
    if (present && !present.isFile()) await writeFile(path, text);
    else await replace(present ? await realpath(path) : path, text, present?.mode);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SecureCartError('file-unwritable', `${path}: ${reason}`, { cause });
  }
}

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
