import { REGION } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import plainSecrets from './plain-secrets.ts';

const having =
  (...parameters: Facts['ssm.parameters']) =>
  (facts: Facts) => {
    facts['ssm.parameters'] = parameters;
  };

testControl(plainSecrets, {
  'what is no secret': {
    expect: [{ status: 'pass', resource: '/securecart/log-level', message: 'Its name tells of no secret.' }],
  },
  'a secret in a String and a StringList, whatever its path': {
    given: having({ name: '/legacy/db-password', type: 'String' }, { name: 'apiKeys', type: 'StringList' }),
    expect: [
      {
        status: 'fail',
        resource: 'apiKeys',
        message: 'Its name tells of a secret, and it is a StringList, which is not encrypted.',
      },
      {
        status: 'fail',
        resource: '/legacy/db-password',
        severity: 'high',
        message: 'Its name tells of a secret, and it is a String, which is not encrypted.',
      },
    ],
  },
  'a secret that is encrypted': {
    given: having({ name: '/securecart/token', type: 'SecureString' }),
    expect: [
      {
        status: 'fail',
        resource: '/securecart/token',
        severity: 'low',
        message: 'Its name tells of a secret, which belongs in Secrets Manager.',
      },
    ],
  },
  'where a secret is, and not what it is': {
    given: having({ name: '/securecart/database/secret-arn', type: 'String' }),
    expect: [{ status: 'pass', resource: '/securecart/database/secret-arn' }],
  },
  'no parameter': { given: having(), expect: [{ status: 'not-applicable', resource: REGION }] },
});
