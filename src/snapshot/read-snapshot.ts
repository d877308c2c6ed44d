import { type JsonFile, readJsonFile } from '../json-file/read.ts';
import { Snapshot } from './snapshot.ts';

const snapshotFile: JsonFile<Snapshot> = {
  schema: Snapshot,
  version: 1,
  noun: 'snapshot',
  codes: { invalid: 'snapshot-invalid', version: 'snapshot-version' },
  madeBy: 'securecart snapshot -o FILE',
};

/** The snapshot that a file's text holds. Throws SecureCartError with every problem of the file and its place. */
export const readSnapshot = (text: string, file: string): Snapshot => readJsonFile(snapshotFile, text, file);
