#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { ExitCode } from '../src/cli/exit-codes.ts';
import { main } from '../src/cli/main.ts';
import { systemReason } from '../src/model/system-reason.ts';

// The SDK is part of the bundle, so its advice to renew it or Node is for who makes the bundle, not for who runs it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const interruption = new AbortController();
// Once: a second Ctrl-C finds Node's own handling, and ends the process at once. A hang-up is left to it as well, since
// `nohup` would be in vain otherwise; a journal bears that.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

let isOutputLost = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that goes away, such as `head`, is no error.
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout && !isOutputLost)
      process.stderr.write(`error: Standard output cannot be written: ${systemReason(error)}.\n`);
    isOutputLost = true;
    process.exitCode = ExitCode.couldNotRun;
  });
}

const code = await main(process.argv.slice(2), {
  version: manifest.version,
  env: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  sleep,
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
  signal: interruption.signal,
  // bin/ and dist/ both lie beside it.
  shippedBaseline: fileURLToPath(new URL('../securecart-baseline.yaml', import.meta.url)),
});
process.exitCode = isOutputLost ? ExitCode.couldNotRun : code;

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal: interruption.signal });
  } finally {
    terminal.close();
  }
}
