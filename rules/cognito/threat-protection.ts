import { judgePools } from '../../src/findings/cognito/pools.ts';
import { defineControl, type Outcome } from '../../src/findings/control.ts';
import { userPoolResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 'cognito/threat-protection',
  title: 'Cognito acts on stolen passwords and unusual sign-ins',
  severity: 'medium',
  rationale:
    'Somebody who has the right password from another shop signs in at the first try, under every rate limit. Cognito knows such passwords and such sign-ins, and does something about them only if it is told to.',
  remediation:
    'Set AdvancedSecurityMode to ENFORCED. It needs the feature plan PLUS, which is charged for by the active user.',
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-1',
  ],
  frameworks: { fsbp: ['Cognito.1'] },
  needs: ['cognito.userPools'],
  scope: 'region',
  messages: {
    enforced: 'Threat protection is {mode}.',
    audit: 'Threat protection only writes down what it sees: a sign-in with a stolen password succeeds.',
    off: 'Threat protection is off: a sign-in with a stolen password succeeds, and nobody notices.',
  },
  evaluate: audit =>
    judgePools(audit, (wanted, pool): [Outcome<'enforced' | 'audit' | 'off'>] => {
      const { id, origin, severity, mode } = wanted.threatProtection;
      const live = need(pool.settings).threatProtection;
      const resource = userPoolResource(audit, pool);
      const about = { resource, row: { id, origin }, severity, expected: mode, actual: live };
      if (strength[live] >= strength[mode]) {
        return [{ status: 'pass', ...about, message: 'enforced', data: { mode: live } }];
      }
      return [{ status: 'fail', ...about, message: live === 'AUDIT' ? 'audit' : 'off' }];
    }),
});

const strength = { OFF: 0, AUDIT: 1, ENFORCED: 2 } as const;
