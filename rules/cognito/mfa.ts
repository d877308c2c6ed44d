import { judgePools, type WantedPool } from '../../src/findings/cognito/pools.ts';
import { defineControl, type Outcome } from '../../src/findings/control.ts';
import { userPoolResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { UserPoolMfa } from '../../src/services/cognito/facts.ts';

export default defineControl({
  id: 'cognito/mfa',
  title: 'A customer needs a second factor of the kinds that the baseline names',
  severity: 'medium',
  rationale:
    'A password that was stolen elsewhere opens every account that has no second factor; a code by text message goes to whoever talks the phone company into moving the number.',
  remediation:
    'Call SetUserPoolMfaConfig with MfaConfiguration ON and the methods of the baseline. Users without a second factor are asked to set one up at their next sign-in.',
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html',
    'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html',
  ],
  frameworks: {},
  needs: ['cognito.userPools'],
  scope: 'region',
  messages: {
    asked: 'A second factor is asked for as the baseline wants.',
    optional:
      'Only the users who choose it have a second factor: the others lose their account with their password.',
    off: 'No user has a second factor: a stolen password is enough.',
    noMethod: 'None of {wanted} is on: no user can set up the second factor that the baseline wants.',
    otherMethod: 'A user may take {methods} as the second factor, which the baseline does not name.',
  },
  evaluate: audit =>
    judgePools(audit, (wanted, pool) => judgeMfa(wanted.mfa, need(pool.mfa), userPoolResource(audit, pool))),
});

type Message = 'asked' | 'optional' | 'off' | 'noMethod' | 'otherMethod';

const strength = { OFF: 0, OPTIONAL: 1, ON: 2 } as const;

function* judgeMfa(
  wanted: WantedPool['mfa'],
  live: UserPoolMfa,
  resource: Outcome['resource'],
): Iterable<Outcome<Message>> {
  const { id, origin, severity } = wanted;
  const about = { resource, row: { id, origin }, severity, expected: wordsOf(wanted), actual: wordsOf(live) };
  if (strength[live.required] < strength[wanted.required]) {
    if (live.required === 'OFF') yield { status: 'fail', ...about, message: 'off' };
    else yield { status: 'fail', ...about, severity: severity ?? 'low', message: 'optional' };
    return;
  }
  if (live.required === 'OFF') {
    yield { status: 'pass', ...about, message: 'asked' };
    return;
  }
  const names = new Set<string>(wanted.methods);
  const others = live.methods.filter(method => !names.has(method));
  const hasWanted = live.methods.some(method => names.has(method));
  if (!hasWanted) {
    const data = { wanted: wanted.methods.join(', ') };
    yield { status: 'fail', ...about, key: 'no-method', message: 'noMethod', data };
  }
  // A passkey that Cognito takes as two factors is the stronger of all.
  const weaker = others.filter(method => method !== 'passkey');
  if (weaker.length > 0) {
    const data = { methods: weaker.join(', ') };
    yield { status: 'fail', ...about, key: 'other-method', message: 'otherMethod', data };
  }
  if (hasWanted && weaker.length === 0) yield { status: 'pass', ...about, message: 'asked' };
}

const wordsOf = ({ required, methods }: { required: string; methods: readonly string[] }): string =>
  `${required}${methods.length === 0 ? '' : ` by ${methods.join(', ')}`}`;
