import { OWNER } from '../../test/builders/place.ts';
import {
  letting,
  refusing,
  secret,
  secretPolicy,
  withPolicy,
  withSecret,
} from '../../test/builders/secrets.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicPolicy from './public-policy.ts';

const resource = 'securecart/database';
const known = <T>(value: T) => ({ kind: 'known' as const, value });

testControl(publicPolicy, {
  closed: {
    expect: [{ status: 'pass', resource, message: 'No statement of its policy lets everyone in.' }],
  },
  'a statement for everyone': {
    given: withPolicy(secretPolicy(letting('*'))),
    expect: [{ status: 'fail', resource, message: 'Its policy lets everyone in by Let.' }],
  },
  'a statement for everyone that another one stops': {
    given: withPolicy(secretPolicy(letting('*'), refusing())),
    expect: [
      {
        status: 'pass',
        resource,
        message:
          'Its policy would let everyone in by Let, but it refuses secretsmanager:GetSecretValue to all but some.',
      },
    ],
  },
  'a statement that leaves out everyone stops nobody': {
    given: withPolicy(secretPolicy(letting('*'), refusing(['*']))),
    expect: [{ status: 'fail', resource, message: 'Its policy lets everyone in by Let.' }],
  },
  'everyone of the account': {
    given: withPolicy(
      secretPolicy(letting('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': OWNER } } })),
    ),
    expect: [{ status: 'pass', resource }],
  },
  'a secret that the baseline does not know': {
    given: facts => {
      const other = secret('legacy/mail');
      facts['secretsmanager.secrets'].push(other);
      facts['secretsmanager.policies'].push({
        secret: other.arn,
        policy: known(secretPolicy(letting({ AWS: '*' }))),
      });
    },
    expect: [{ status: 'fail', resource: 'legacy/mail', message: 'Its policy lets everyone in by Let.' }],
  },
  'a secret that is to be deleted is read by nobody': {
    given: withSecret({ deletedAt: '2026-01-30T12:00:00.000Z' }),
    expect: [{ status: 'pass', resource: 'securecart/oauth' }],
  },
});
