import type { CallEvent } from '../aws/observe.ts';
import { openSession, type Session } from '../aws/session.ts';
import type { FactName } from '../services/facts.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { takeSnapshot } from '../snapshot/take-snapshot.ts';
import type { AwsOptions } from './aws-options.ts';
import { startProgress } from './progress.ts';
import { usageError } from './usage.ts';
import type { World } from './world.ts';

/** Opens the way to the account that the options name. */
export function connect(options: AwsOptions, world: World, signal: AbortSignal = world.signal): Session {
  const { profile, roleArn, externalId, region: regions, debug } = options;
  if (externalId !== undefined && roleArn === undefined) {
    throw usageError('--external-id belongs to a role, and none is named.', 'Add --role-arn ARN.');
  }
  return openSession({
    profile,
    role: roleArn === undefined ? undefined : { arn: roleArn, externalId },
    region: regions.flatMap(region => (region === 'all' ? [] : [region]))[0],
    signal,
    onCall: debug ? event => world.stderr.write(`${callInWords(event)}\n`) : undefined,
  });
}

/** Reads these facts of the live account that the options name, and shows what is awaited. */
export async function readLive(
  facts: readonly FactName[],
  options: AwsOptions,
  world: World,
): Promise<Snapshot> {
  const session = connect(options, world);
  const { region: regions, debug } = options;
  const progress = debug ? undefined : startProgress(world);
  try {
    return await takeSnapshot({
      session,
      facts,
      regions,
      takenAt: world.now(),
      version: world.version,
      onProgress: progress?.tell,
    });
  } finally {
    progress?.end();
  }
}

/** One call for --debug: `ec2:DescribeVpcs eu-west-1 200 131 ms`. Nothing of its content is known here. */
function callInWords({ call, region, attempt, milliseconds, status, error }: CallEvent): string {
  const outcome = [status, error].filter(part => part !== undefined).join(' ');
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  return `${call} ${region} ${outcome} ${Math.round(milliseconds)} ms${again}`;
}
