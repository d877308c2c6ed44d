import { noPool } from '../../test/builders/cases.ts';
import { CLIENT, clientSettings, known, POOL, refused, userPool } from '../../test/builders/protection.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import clients from './clients.ts';

type Change = Parameters<typeof clientSettings>[0];

const client = (change: Change, id = CLIENT, name = 'securecart-web') => ({
  id,
  name,
  settings: clientSettings(change),
});
const having =
  (...all: ReturnType<typeof client>[]) =>
  (facts: Facts) => {
    facts['cognito.userPools'] = [userPool({ clients: known(all) })];
  };
const fail = (key: string, message: string) => ({ status: 'fail' as const, resource: POOL, key, message });
const pass = { status: 'pass' as const, resource: POOL, key: CLIENT };

testControl(clients, {
  'as the baseline wants': {
    expect: [{ ...pass, message: 'Client securecart-web is as the baseline wants.' }],
  },
  'all that can be wrong with it': {
    given: having(
      client({
        authFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
        oauthFlows: ['code', 'implicit'],
        hidesUserExistence: false,
        revocableTokens: false,
      }),
    ),
    expect: [
      fail(
        'client1 authFlows',
        'Client securecart-web lets users sign in by ALLOW_USER_PASSWORD_AUTH, which the baseline does not.',
      ),
      fail('client1 existence', 'Client securecart-web tells anyone who asks whether a user exists.'),
      fail(
        'client1 oauthFlows',
        'Client securecart-web gives out tokens by implicit, which the baseline does not.',
      ),
      fail(
        'client1 revocation',
        "Client securecart-web's tokens cannot be revoked: whoever steals one keeps it.",
      ),
    ],
  },
  'no flow is named, and so those that Cognito allows by itself': {
    given: having(client({ authFlows: [] })),
    expect: [
      fail(
        'client1 authFlows',
        'Client securecart-web lets users sign in by ALLOW_CUSTOM_AUTH, which the baseline does not.',
      ),
    ],
  },
  'a client that nobody wrote down, with the old name of the flow': {
    given: having(client({}), client({ authFlows: ['USER_PASSWORD_AUTH'] }, 'client2', 'test')),
    expect: [
      pass,
      fail(
        'client2 authFlows',
        'Client test lets users sign in by USER_PASSWORD_AUTH, which the baseline does not.',
      ),
    ],
  },
  'one client could not be described, and the other could': {
    given: facts => {
      const hidden = { id: 'client2', name: 'test', settings: refused('cognito-idp:DescribeUserPoolClient') };
      facts['cognito.userPools'] = [userPool({ clients: known([client({}), hidden]) })];
    },
    expect: [pass, { status: 'unknown', resource: POOL, key: 'client2' }],
  },
  'no pool': noPool,
});
