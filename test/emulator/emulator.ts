import { startEndpoint } from './endpoint.ts';
import type { Faults } from './faults.ts';
import type { Log } from './log.ts';
import { startMoto } from './moto.ts';

/** An AWS of one account (123456789012) for tests: moto, and the endpoint in front of it. */
export type Emulator = {
  /** The endpoint, for `AWS_ENDPOINT_URL`. */
  url: string;
  /** The environment of a child process: the endpoint, credentials, and nothing of this machine's AWS configuration. */
  env: Readonly<Record<string, string>>;
  log: Log;
  faults: Faults;
  /** An empty account, no faults, an empty log. */
  reset: () => Promise<void>;
  stop: () => Promise<void>;
};

/** The account that moto gives to unknown access keys. */
export const account = '123456789012';
export const region = 'eu-west-1';

/** The keys that children and clients sign with. They open nothing. */
export const credentials = { accessKeyId: 'AKIAEMULATOR00000000', secretAccessKey: 'emulator' };

/**
 * Starts an emulator of its own for a test file; stop it in `afterAll`. It also dies with the process that started it.
 * Until it is reset, the same calls give the same ids in every one.
 */
export async function startEmulator(): Promise<Emulator> {
  const moto = await startMoto();
  const tell = async (what: string) => {
    const reply = await fetch(`http://127.0.0.1:${moto.port}/moto-api/${what}`, { method: 'POST' });
    if (!reply.ok) throw new Error(`moto did not ${what}: HTTP ${reply.status}`);
  };
  await tell('seed?a=1');
  const endpoint = await startEndpoint(moto.port);
  const url = `http://127.0.0.1:${endpoint.port}`;
  return {
    url,
    env: {
      AWS_ENDPOINT_URL: url,
      // The S3 Control client puts the account before the host: an address cannot carry it, a name below localhost can.
      NODE_OPTIONS: `--import ${new URL('loopback-only.mjs', import.meta.url).href}`,
      AWS_ENDPOINT_URL_S3_CONTROL: `http://localhost:${endpoint.port}`,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
    log: endpoint.log,
    faults: endpoint.faults,
    reset: async () => {
      await tell('reset');
      endpoint.forget();
    },
    stop: async () => {
      await endpoint.stop();
      await moto.stop();
    },
  };
}
