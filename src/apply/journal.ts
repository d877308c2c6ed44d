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
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
  return writer(path, file, { seq: 0, digest: '' }, now);
}

/** Goes on with a journal that was read, after dropping the line that a crash cut short. */
export async function continueJournal(path: string, read: ReadJournal, now: () => Date): Promise<Journal> {
  const file = await open(path, 'r+');
  await file.truncate(read.bytes);
  await file.close();
  return writer(path, await open(path, 'a'), { seq: read.events.length, digest: read.digest }, now);
}

/** Reads a journal and proves each line by its digest. Throws a SecureCartError with the line that is not as it was written. */
export async function readJournal(path: string): Promise<ReadJournal> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new SecureCartError('file-unreadable', `${path}: ${systemReason(error)}.`, { cause: error });
  });
  const lines = text.split('\n');
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
  return { events, digest, bytes: Buffer.byteLength(lines.map(line => `${line}\n`).join('')) };
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
  from: { seq: number; digest: string },
  now: () => Date,
): Journal {
  let { seq, digest } = from;
  let last: Promise<void> = Promise.resolve();
  const write = async (event: JournalEvent) => {
    const line: JournalLine = { seq, at: now().toISOString(), previous: digest, event };
    const sealed = { ...line, digest: digestOf(line) };
    await file
      .appendFile(`${JSON.stringify(sealed)}\n`)
      .then(() => file.datasync())
      .catch((error: unknown) => {
        throw new SecureCartError('journal-unwritable', `${path}: ${systemReason(error)}.`, { cause: error });
      });
    ({ digest } = sealed);
    seq += 1;
  };
  return {
    path,
    append: event => {
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
