import { main } from '../../../../src/cli/main.ts';
import { fakeWorld } from '../../../builders/world.ts';
import { clientsFor } from '../../clients.ts';
import { startEmulator } from '../../emulator.ts';
import type { State } from './state.ts';

/**
 * Builds a state in an emulator of its own and lets the program write its snapshot to a file; gives what the program
 * says. The same program gives the same bytes: its clock stands still, and a fresh emulator counts its ids anew.
 */
export async function takeState({ build, denied = [] }: State, file: string): Promise<string> {
  const emulator = await startEmulator();
  try {
    await build(clientsFor(emulator));
    for (const action of denied) emulator.faults.denyAction(action);
    Object.assign(process.env, emulator.env);
    const { world, screen } = fakeWorld();
    const code = await main(['snapshot', '--allow-unknown', '--output', file], world);
    if (code !== 0) throw new Error(screen());
    return screen().trim();
  } finally {
    await emulator.stop();
  }
}
