import { judgePools, type WantedPool } from '../../src/findings/cognito/pools.ts';
import { defineControl, type Outcome } from '../../src/findings/control.ts';
import { userPoolResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { UserPoolSettings } from '../../src/services/cognito/facts.ts';

export default defineControl({
  id: 'cognito/password-policy',
  title: "A customer's password is as strong as the baseline asks",
  severity: 'medium',
  rationale:
    'Short passwords of one kind of character are guessed in the order of lists that everyone has; a temporary password that stays valid is one that waits in a mailbox for whoever reads it.',
  remediation:
    'Raise the password policy of the user pool. UpdateUserPool resets what it is not given: send all other settings of the pool along.',
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html',
    'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html',
  ],
  frameworks: {},
  needs: ['cognito.userPools'],
  scope: 'region',
  messages: {
    strong: 'Every password has what the baseline asks.',
    weak: 'A password may {weaknesses}.',
  },
  evaluate: audit =>
    judgePools(audit, (wanted, pool): [Outcome<'strong' | 'weak'>] => {
      const { id, origin, severity, ...policy } = wanted.password;
      const live = need(pool.settings).password;
      const weaknesses = weaknessesOf(policy, live);
      const about = { resource: userPoolResource(audit, pool), row: { id, origin }, severity };
      if (weaknesses.length === 0) return [{ status: 'pass', ...about, message: 'strong' }];
      return [
        {
          status: 'fail',
          ...about,
          message: 'weak',
          data: { weaknesses: weaknesses.join(', ') },
          expected: wordsOf(policy),
          actual: wordsOf(live),
        },
      ];
    }),
});

type Policy = Pick<WantedPool['password'], 'minimumLength' | 'requires' | 'temporaryValidDays'>;

function weaknessesOf(wanted: Policy, live: UserPoolSettings['password']): string[] {
  const missing = wanted.requires.filter(kind => !live.requires.includes(kind));
  return [
    ...(live.minimumLength < wanted.minimumLength ? [`have only ${live.minimumLength} characters`] : []),
    ...missing.map(kind => `have no ${kind}`),
    ...(live.temporaryValidDays > wanted.temporaryValidDays
      ? [`stay temporary for ${live.temporaryValidDays} days`]
      : []),
  ];
}

const wordsOf = ({ minimumLength, requires, temporaryValidDays }: Policy): string =>
  `${minimumLength} characters, ${requires.join(' ') || 'of any kind'}, temporary for ${temporaryValidDays} days`;
