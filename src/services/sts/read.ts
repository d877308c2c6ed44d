import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CallError, credentialsError, meaningOf, reasonFor } from '../../aws/errors.ts';
import type { Session } from '../../aws/session.ts';
import { Account } from '../../model/account.ts';
import { type Fact, known, unknown } from '../../model/fact.ts';
import type { Region } from '../../model/identifiers.ts';
import { apiCall, given } from '../reader.ts';

/** What reading the caller's identity calls. AWS allows it to everybody, so that it is in no policy. */
export const callerCall = apiCall('sts:GetCallerIdentity');

/** Whose account it is. Throws SecureCartError where AWS does not accept the credentials. */
export async function readCaller(session: Session, region: Region): Promise<Fact<Account>> {
  try {
    const client = session.client(STSClient, region);
    const answer = await client.send(new GetCallerIdentityCommand({}), { abortSignal: session.signal });
    return known(account(given(answer.Account, 'Account'), given(answer.Arn, 'Arn of the caller')));
  } catch (error) {
    session.signal.throwIfAborted();
    if (!(error instanceof CallError)) throw error;
    // AWS tells everybody who they are; whom it does not know has no credentials that are good for anything.
    if (meaningOf(error) === 'closed') throw credentialsError(error);
    return unknown(reasonFor(error, callerCall.action));
  }
}

/** A session's name may be a person's; the role is what matters. */
function account(id: string, arn: string): Account {
  const [, partition] = arn.split(':');
  const caller = arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
  return Account.parse({ id, partition, caller });
}
