import { judgePools } from '../../src/findings/cognito/pools.ts';
import { defineControl, type Outcome } from '../../src/findings/control.ts';
import { userPoolResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 'cognito/deletion-protection',
  title: 'The user pool cannot be deleted by one call',
  severity: 'low',
  rationale:
    'A deleted user pool takes every customer with it and cannot be brought back: one wrong stack deletion, or one stolen key, closes the shop for all of them.',
  remediation:
    'Set DeletionProtection to ACTIVE. UpdateUserPool resets what it is not given: send all other settings of the pool along.',
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html',
  ],
  frameworks: {},
  needs: ['cognito.userPools'],
  scope: 'region',
  messages: {
    protected: 'Deletion protection is as the baseline wants.',
    unprotected: 'One DeleteUserPool call takes all users away for good.',
  },
  evaluate: audit =>
    judgePools(audit, (wanted, pool): [Outcome<'protected' | 'unprotected'>] => {
      const { id, origin, severity, active } = wanted.deletionProtection;
      const live = need(pool.settings).deletionProtection;
      const about = { resource: userPoolResource(audit, pool), row: { id, origin }, severity };
      if (live || !active) return [{ status: 'pass', ...about, message: 'protected' }];
      return [{ status: 'fail', ...about, message: 'unprotected', expected: 'ACTIVE', actual: 'INACTIVE' }];
    }),
});
