import type { RegionAudit } from '../findings/control.ts';
import { READ, rolePatterns } from '../findings/secrets/readers.ts';
import type { WantedSecret } from '../findings/secrets/wanted-secrets.ts';
import { withStatement } from '../policy/with-statement.ts';

/** The Sid of the statement by which a secret refuses all but its readers; one of that Sid is replaced, and no other. */
export const READERS_ONLY = 'SecureCartReadersOnly';

/** The most that Secrets Manager takes for a resource policy, in characters. */
export const POLICY_LENGTH = 20_480;

/**
 * A policy with the statement that refuses everyone but the readers of a secret to read it, after all that it says. Who
 * puts a value in, rotates or deletes the secret is not refused, so that nobody is locked out of it.
 */
export const readersOnly = (
  audit: Pick<RegionAudit, 'partition' | 'account'>,
  { readers }: Pick<WantedSecret, 'readers'>,
  text: string | null,
): string =>
  withStatement(text, {
    Sid: READERS_ONLY,
    Effect: 'Deny',
    Principal: '*',
    Action: READ,
    Resource: '*',
    Condition: {
      ArnNotLike: { 'aws:PrincipalArn': readers.flatMap(name => rolePatterns(audit, name)) },
    },
  });
