import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { Stack } from './observe.ts';

/** Whose credentials to use: a profile's, else what the SDK's own chain finds, and a role to take on with them. */
export interface Identity {
  readonly profile?: string | undefined;
  readonly role?:
    | {
        readonly arn: string;
        readonly externalId?: string | undefined;
        readonly sessionName?: string | undefined;
      }
    | undefined;
}

/** Gives credentials, renewed before they expire. */
export type Credentials = ReturnType<typeof fromNodeProviderChain>;

/** The credentials that a run begins with, and those that every client of it signs with. `region` is where STS is asked; it decides the partition. */
export function credentialsOf(
  { profile, role }: Identity,
  region: () => Promise<string>,
  applyToStack: (stack: Stack) => void,
): { own: Credentials; acting: Credentials } {
  // Whoever names a profile has chosen: the SDK need not warn of the keys in the environment that it passes over.
  const own = fromNodeProviderChain(profile === undefined ? {} : { profile, logger: silent });
  if (role === undefined) return { own, acting: own };
  const { arn, externalId, sessionName = 'securecart' } = role;
  const acting = shared(
    fromTemporaryCredentials({
      masterCredentials: own,
      params: {
        RoleArn: arn,
        RoleSessionName: sessionName,
        ...(externalId !== undefined && { ExternalId: externalId }),
      },
      clientConfig: { region },
      clientPlugins: [{ applyToStack }],
    }),
  );
  return { own, acting };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Milliseconds before they expire from which credentials are renewed. */
const margin = 5 * 60_000;

/** The SDK remembers credentials by client; this remembers them for all, so that a role is taken on once. */
function shared(provide: Credentials): Credentials {
  let current: ReturnType<Credentials> | undefined;
  return async properties => {
    const seen = current;
    const held = await seen;
    const isFresh = held !== undefined && (held.expiration?.getTime() ?? Infinity) - margin > Date.now();
    // Whoever waited for the same credentials as another must not renew them a second time.
    if (!isFresh && current === seen) {
      current = provide(properties);
      current.catch(() => {
        current = undefined;
      });
    }
    return current ?? provide(properties);
  };
}
