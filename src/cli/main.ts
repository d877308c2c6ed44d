import { ExitCode } from './exit-codes.ts';
import type { World } from './world.ts';

/**
 * Runs one command line (as in process.argv, without node and script) and answers its exit code; never rejects.
 * Everything but the version is imported when it is needed, since the start is what is waited for the most often.
 */
export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    world.stdout.write(`${world.version}\n`);
    return ExitCode.ok;
  }
  const { run } = await import('./program.ts');
  return run(argv, world);
}
