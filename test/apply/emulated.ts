import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { sessionWith } from './live.ts';

/** The account of the emulator, as the tests of a file meet it. */
export interface Emulated {
  readonly emulator: Emulator;
  readonly aws: Clients;
  readonly account: LiveAccount;
  /** A path in a folder that is each test's own. */
  readonly file: (name: string) => string;
}

/** Starts an emulator for the tests of a file; it is empty before each of them, unless they share what is in it. */
export function emulated({ shared = false } = {}): Emulated {
  let emulator: Emulator;
  let aws: Clients;
  let account: LiveAccount;
  let folder: string;
  beforeAll(async () => {
    emulator = await startEmulator();
    aws = clientsFor(emulator);
    account = awsAccount(sessionWith(emulator));
  });
  beforeEach(async () => {
    if (!shared) await emulator.reset();
    folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  });
  afterAll(() => emulator.stop());
  return {
    get emulator() {
      return emulator;
    },
    get aws() {
      return aws;
    },
    get account() {
      return account;
    },
    file: name => join(folder, name),
  };
}
