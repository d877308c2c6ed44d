import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { literalBaseline } from '../baseline/literal.ts';
import { type BaselineFile, readBaselineFile } from '../baseline/read.ts';
import { SecureCartError } from '../model/error.ts';
import type { Report } from '../model/report.ts';
import { systemReason } from '../model/system-reason.ts';
import type { World } from './world.ts';

/** The file that is taken where none is named. */
const usual = 'securecart-baseline.yaml';

/** The baseline to audit against, and what a report says of it. */
export interface LoadedBaseline extends BaselineFile {
  readonly about: Report['baseline'];
}

/** Reads the baseline that is named, else the one of the working directory, else the one that is shipped. */
export async function loadBaseline(
  options: { baseline?: string | undefined; literal: boolean },
  world: World,
): Promise<LoadedBaseline> {
  const { text, file } = await find(options.baseline, world);
  const { baseline, lines } = readBaselineFile(text, file ?? world.shippedBaseline);
  const { literal } = options;
  return {
    baseline: literal ? literalBaseline(baseline) : baseline,
    lines,
    about: { name: baseline.name, file, digest: sha256(text), literal },
  };
}

async function find(named: string | undefined, world: World): Promise<{ text: string; file?: string }> {
  if (named !== undefined) return { text: await readText(named, world), file: named };
  try {
    return { text: await readFile(resolve(world.cwd, usual), 'utf8'), file: usual };
  } catch (error) {
    if (!isMissing(error)) throw unreadable(usual, error);
    return { text: await readText(world.shippedBaseline, world) };
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The text of a file that the user names. Throws a SecureCartError where it cannot be read. */
export async function readText(file: string, { cwd }: World): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, cause: unknown): SecureCartError =>
  new SecureCartError('file-unreadable', `${file}: ${systemReason(cause)}.`, { cause });

/** The SHA-256 of a text, in hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
