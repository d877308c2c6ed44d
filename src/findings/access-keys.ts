import { need } from '../model/fact.ts';
import type { AccessKey, UserAccessKeys } from '../services/iam/facts.ts';
import { type AccountAudit, judgeEach, type Outcome } from './control.ts';

/** A user as the resource of a finding. */
export const userResource = ({ user, arn }: Pick<UserAccessKeys, 'user' | 'arn'>) => ({
  type: 'AWS::IAM::User',
  arn,
  id: user,
});

/** An access key as the resource of a finding; AWS has no ARN for it but its user's. */
export const accessKeyResource = (
  { user, arn }: Pick<UserAccessKeys, 'user' | 'arn'>,
  { id }: AccessKey,
) => ({
  type: 'AWS::IAM::AccessKey',
  arn,
  id,
  name: user,
});

/** What the controls of keys say where there is none. */
export const noKeyMessages = { noKey: 'No user has an active access key.' } as const;

/** Judges what is active of each user's keys. */
export function* judgeUsersKeys<Message extends string>(
  audit: AccountAudit,
  judge: (owner: UserAccessKeys, keys: readonly AccessKey[]) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message | 'noKey'>> {
  const users = audit.value('iam.accessKeys');
  const outcomes = [
    ...judgeEach(
      users,
      owner => ({ resource: userResource(owner) }),
      owner => judge(owner, need(owner.keys)),
    ),
  ];
  yield* outcomes;
  if (outcomes.length === 0) yield { status: 'not-applicable', resource: audit.account, message: 'noKey' };
}

const DAY = 24 * 60 * 60 * 1000;

/** The whole days from one moment to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / DAY);

/** The day of a moment, as a report tells it. */
export const dayOf = (moment: string): string => moment.slice(0, 10);
