import { OWNER } from '../../test/builders/place.ts';
import { secret, withSecret } from '../../test/builders/secrets.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import present from './present.ts';

const DATABASE = 'securecart/database';

testControl(present, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: DATABASE, message: 'The secret is there, and has a value.' }],
  },
  'a secret without a value is there all the same': {
    given: withSecret({ hasValue: false }),
    expect: [
      {
        status: 'pass',
        resource: DATABASE,
        message: 'The secret is there; nobody has put a value in yet.',
      },
    ],
  },
  // ListSecrets leaves such a secret out unless it is asked for those too.
  'a secret that somebody had deleted': {
    given: withSecret({ deletedAt: '2026-01-30T12:00:00.000Z' }),
    expect: [
      {
        status: 'fail',
        resource: DATABASE,
        message: 'The secret is to be deleted on 2026-01-30, and until then nobody can read it.',
      },
    ],
  },
  'a secret whose name begins like it is another one': {
    given: facts => {
      facts['secretsmanager.secrets'] = facts['secretsmanager.secrets'].map(one =>
        one.name === DATABASE ? secret('securecart/database-replica') : one,
      );
    },
    expect: [
      {
        status: 'fail',
        resource: OWNER,
        key: 'secret-database',
        message: 'No secret is called securecart/database in eu-west-1.',
      },
    ],
  },
});
