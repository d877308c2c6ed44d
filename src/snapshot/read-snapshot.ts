import { Snapshot } from './snapshot.ts';
export const readSnapshot = (text: string, _fileName: string): Snapshot => Snapshot.parse(JSON.parse(text));
