import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { SecureCartError } from '../model/error.ts';
import { type JournalEvent, JournalLine } from '../model/journal.ts';
import { canonicalJson, Json } from '../model/json.ts';
import { systemReason } from '../model/system-reason.ts';

/** A journal that is written to: each event is on disk when `append` is done, which throws a SecureCartError where it cannot be. */
export interface Journal {
  readonly path: string;
  readonly append: (event: JournalEvent) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a journal says, and where its sound part ends. */
export interface ReadJournal {
  readonly events: readonly JournalEvent[];
  /** Of the last line; the next one names it. */
  readonly digest: string;
  /** The bytes of the lines that are whole: a crash may leave the beginning of one more. */
  readonly bytes: number;
  /** The bytes of all. */
  readonly size: number;
}

/** Begins a journal. Throws a SecureCartError where the file is there already: a journal is never overwritten. */
export async function createJournal(path: string, now: () => Date): Promise<Journal> {
  const file = await open(path, 'ax', 0o600).catch((error: unknown) => {
    throw new SecureCartError('file-unwritable', `${path}: ${systemReason(error)}.`, {
      suggestion: 'Name another file: --journal FILE',
      cause: error,
    });
  });
  // The name of a new file is on disk only once its folder is.
  await syncFolder(dirname(path)).catch(async (error: unknown) => {
    await file.close();
    throw unwritable(path, error);
  });
  return writer(path, file, { seq: 0, digest: '', size: 0 }, now);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Goes on with a journal that was read, after dropping the line that a crash cut short. Throws a SecureCartError where that cannot be. */
export async function continueJournal(path: string, read: ReadJournal, now: () => Date): Promise<Journal> {
  const { events, digest, bytes, size } = read;
  try {
    // To open it for appending would make a new one where there is none any more.
    const whole = await open(path, 'r+');
    try {
      await demandSize(whole, path, size);
      await whole.truncate(bytes);
    } finally {
      await whole.close();
    }
    return writer(path, await open(path, 'a'), { seq: events.length, digest, size: bytes }, now);
  } catch (error) {
    throw error instanceof SecureCartError ? error : unwritable(path, error);
  }
}

const unwritable = (path: string, cause: unknown): SecureCartError =>
  new SecureCartError('journal-unwritable', `${path}: ${systemReason(cause)}.`, { cause });

/** Throws a SecureCartError where a journal is not as long as this run left it. The lock does not reach another machine; lines of two runs in turn would be no journal of either. */
async function demandSize(file: FileHandle, path: string, size: number): Promise<void> {
  if ((await file.stat()).size === size) return;
  throw new SecureCartError(
    'journal-unwritable',
    `${path}: another run has written to it since it was read.`,
  );
}

/** Reads a journal and proves each line by its digest. Throws a SecureCartError with the line that is not as it was written. */
export async function readJournal(path: string): Promise<ReadJournal> {
  const file = await readFile(path).catch((error: unknown) => {
    throw new SecureCartError('file-unreadable', `${path}: ${systemReason(error)}.`, { cause: error });
  });
  const lines = file.toString().split('\n');
  // What follows the last newline is a line that was never finished.
  lines.pop();
  demandVersion(path, lines[0]);
  const events: JournalEvent[] = [];
  let digest = '';
  lines.forEach((line, seq) => {
    const read = parseLine(line);
    if (
      read === undefined ||
      read.seq !== seq ||
      read.previous !== digest ||
      read.digest !== digestOf(read)
    ) {
      throw new SecureCartError('journal-invalid', `${path}:${seq + 1} is not as it was written.`, {
        suggestion: 'Restore the file as securecart wrote it; nothing was changed in AWS.',
      });
    }
    digest = read.digest;
    events.push(read.event);
  });
  if (events[0]?.kind !== 'start') {
    throw new SecureCartError('journal-invalid', `${path} does not begin with a plan.`);
  }
  const bytes = Buffer.byteLength(lines.map(line => `${line}\n`).join(''));
  return { events, digest, bytes, size: file.length };
}

/** Throws a SecureCartError where a journal's first line is that of another version. */
function demandVersion(path: string, first = ''): void {
  const start = z.looseObject({ event: z.looseObject({ schemaVersion: z.unknown() }) });
  const { data } = start.safeParse(parseJson(first));
  const version = data?.event.schemaVersion;
  if (version === undefined || version === 1) return;
  throw new SecureCartError(
    'journal-invalid',
    `${path} is of version ${JSON.stringify(version)}; this program writes and reads version 1.`,
    { suggestion: 'Use the securecart that wrote it; nothing was changed in AWS.' },
  );
}

const SealedLine = JournalLine.extend({ digest: z.string() });

const parseLine = (line: string): z.infer<typeof SealedLine> | undefined =>
  SealedLine.safeParse(parseJson(line)).data;

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writer(
  path: string,
  file: FileHandle,
  from: { seq: number; digest: string; size: number },
  now: () => Date,
): Journal {
  let { seq, digest, size } = from;
  let last: Promise<void> = Promise.resolve();
  const write = async (event: JournalEvent) => {
    const line: JournalLine = { seq, at: now().toISOString(), previous: digest, event };
    const sealed = { ...line, digest: digestOf(line) };
    const text = `${JSON.stringify(sealed)}\n`;
    try {
      await demandSize(file, path, size);
      await file.appendFile(text);
      await file.datasync();
    } catch (error) {
      throw error instanceof SecureCartError ? error : unwritable(path, error);
    }
    ({ digest } = sealed);
    seq += 1;
    size += Buffer.byteLength(text);
  };
  return {
    path,
    append: event => {
      // What follows a line that failed fails as well: it may stand there in part, which only the last line may.
      last = last.then(() => write(event));
      return last;
    },
    // An append that failed has told so to whoever waited for it.
    close: () => last.catch(() => {}).then(() => file.close()),
  };
}

const digestOf = ({ seq, at, previous, event }: JournalLine): string =>
  createHash('sha256')
    .update(canonicalJson(Json.parse([seq, at, previous, plain(event)])))
    .digest('hex');

/** The event as its line holds it: without the members that are undefined. */
const plain = (event: JournalEvent): unknown => JSON.parse(JSON.stringify(event));
