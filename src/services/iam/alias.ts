import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { CallError } from '../../aws/errors.ts';
import type { Session } from '../../aws/session.ts';
import type { Region } from '../../model/identifiers.ts';

/** What {@link readAlias} needs. */
export const ALIAS_PERMISSION = 'iam:ListAccountAliases';

/** The name that an account has besides its id; undefined where it has none, or the caller may not read it. */
export async function readAlias(session: Session, region: Region): Promise<string | undefined> {
  try {
    const client = session.client(IAMClient, region);
    return (await client.send(new ListAccountAliasesCommand({}))).AccountAliases?.[0];
  } catch (error) {
    if (error instanceof CallError) return undefined;
    throw error;
  }
}
