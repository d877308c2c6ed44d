import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { states } from '../emulator/accounts/states/states.ts';
import { clientsFor } from '../emulator/clients.ts';
import { startEmulator } from '../emulator/emulator.ts';

/** Lets `work` be done in an empty folder, with an account in a state of fixtures/ as the AWS of this process. */
export async function inAccount<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const state = Object.entries(states).find(([known]) => known === name)?.[1];
  if (state === undefined) throw new Error(`there is no state ${name}`);
  const emulator = await startEmulator();
  const folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  try {
    await state.build(clientsFor(emulator));
    Object.assign(process.env, emulator.env);
    return await work(folder);
  } finally {
    await emulator.stop();
    await rm(folder, { recursive: true });
  }
}
