import { SecureCartError } from '../model/error.ts';
import { Region } from '../model/identifiers.ts';
import { type Credentials, credentialsOf, type Identity } from './credentials.ts';
import { type CallEvent, nameCalls, type Stack, tellAttempts } from './observe.ts';
import { createPacing, type Pacing } from './pacing.ts';

/** What every client of the SDK is given. */
interface ClientSettings {
  region: string;
  credentials: Credentials;
  maxAttempts?: number;
  retryMode?: string;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };
}

/** What all clients of the SDK have in common. */
export interface AwsClient {
  readonly config: { readonly defaultSigningName: string; readonly serviceId: string };
  readonly middlewareStack: Stack;
}

/** A client class of the SDK, such as EC2Client. */
export type ClientClass<C extends AwsClient> = new (settings: ClientSettings) => C;

/** How a run reaches AWS. */
export interface SessionOptions extends Identity {
  /** The Region where STS is asked, and that is read when none is named; else the SDK's own chain decides. */
  readonly region?: Region | undefined;
  /** Aborted when the user interrupts: every call under way ends, and none starts. */
  readonly signal: AbortSignal;
  readonly onCall?: ((event: CallEvent) => void) | undefined;
  /** Milliseconds for one request, its retries not included. */
  readonly requestTimeout?: number | undefined;
  /** When each call may start; by AWS's quotas where nothing else is said. */
  readonly pacing?: Pacing | undefined;
}

/** One run's way to AWS: every client shares its credentials, its pace and its counts. */
export interface Session {
  /** The one client of that class in that Region. Its calls throw CallError. */
  readonly client: <C extends AwsClient>(clientClass: ClientClass<C>, region: Region) => C;
  /** Throws SecureCartError where no Region is chosen. */
  readonly defaultRegion: () => Promise<Region>;
  /** The id of the access key that the run begins with, before any role is taken on. Throws the SDK's error where there is none. */
  readonly accessKeyId: () => Promise<string>;
  /** Requests sent so far, retries included, and how many of them AWS throttled. */
  readonly calls: { readonly made: number; readonly throttled: number };
  readonly signal: AbortSignal;
}

/** Opens the way to AWS; nothing is asked of AWS yet. */
export function openSession(options: SessionOptions): Session {
  const calls = { made: 0, throttled: 0 };
  const tell = (event: CallEvent) => {
    calls.made += 1;
    if (event.throttled) calls.throttled += 1;
    options.onCall?.(event);
  };
  const pacing = options.pacing ?? createPacing();
  const defaultRegion = once(() => regionOf(options));
  const { own, acting: credentials } = credentialsOf(options, defaultRegion, (stack: Stack) => {
    nameCalls(stack, 'sts', (_call, _signal, run) => run());
    tellAttempts(stack, 'sts', options.region ?? 'default', tell);
  });
  const clients = new Map<unknown, Map<Region, unknown>>();
  const client = <C extends AwsClient>(clientClass: ClientClass<C>, region: Region): C => {
    const ofClass = clients.get(clientClass) ?? new Map<Region, unknown>();
    clients.set(clientClass, ofClass);
    const existing = ofClass.get(region);
    if (existing instanceof clientClass) return existing;
    const made = new clientClass({ region, credentials, ...retries(), requestHandler: timeouts(options) });
    const service = serviceOf(made);
    nameCalls(made.middlewareStack, service, (call, signal, run) =>
      pacing({ region, service, call, signal }, run),
    );
    tellAttempts(made.middlewareStack, service, region, tell);
    ofClass.set(region, made);
    return made;
  };
  const accessKeyId = async () => (await own()).accessKeyId;
  return { client, defaultRegion, accessKeyId, calls, signal: options.signal };
}

/** IAM's prefix; but S3 Control has a call of the same name as S3, which needs another permission, and is told from it. */
const serviceOf = ({ config: { serviceId, defaultSigningName } }: AwsClient): string =>
  serviceId === 'S3 Control' ? 's3control' : defaultSigningName;

/** The SDK's own three tries give up under load. What the user sets in the environment holds, as in every AWS tool. */
function retries(): Pick<ClientSettings, 'maxAttempts' | 'retryMode'> {
  const { AWS_MAX_ATTEMPTS, AWS_RETRY_MODE } = process.env;
  return {
    ...(AWS_MAX_ATTEMPTS === undefined && { maxAttempts: 8 }),
    ...(AWS_RETRY_MODE === undefined && { retryMode: 'adaptive' }),
  };
}

const timeouts = ({ requestTimeout = 30_000 }: SessionOptions): ClientSettings['requestHandler'] => ({
  connectionTimeout: Math.min(5_000, requestTimeout),
  requestTimeout,
  throwOnRequestTimeout: true,
});

/** The Region that was named, else the one that the SDK finds in the environment or the profile. */
async function regionOf({ region, profile }: SessionOptions): Promise<Region> {
  if (region !== undefined) return region;
  const { STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient(profile === undefined ? {} : { profile });
  const found = await client.config.region().catch(() => undefined);
  const parsed = Region.safeParse(found);
  if (parsed.success) return parsed.data;
  const detail =
    found === undefined
      ? 'Neither the command, the environment nor the profile names one.'
      : `“${found}” is none: a Region is written like eu-west-1.`;
  throw new SecureCartError('region-unknown', detail, {
    suggestion: 'Pass --region, such as --region eu-west-1.',
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
