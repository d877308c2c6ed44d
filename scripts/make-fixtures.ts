// Writes fixtures/*/snapshot.json anew, or those of the states that are named.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { states } from '../test/emulator/accounts/states/states.ts';
import { takeState } from '../test/emulator/accounts/states/take.ts';

const asked = process.argv.slice(2);
for (const [name, state] of Object.entries(states)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const folder = join(import.meta.dirname, '..', 'fixtures', name);
  mkdirSync(folder, { recursive: true });
  console.log(`fixtures/${name}: ${await takeState(state, join(folder, 'snapshot.json'))}`);
}
