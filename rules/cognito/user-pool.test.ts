import { known, POOL, refused, userPool } from '../../test/builders/protection.ts';
import { OWNER } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import userPoolControl from './user-pool.ts';

const ROW = 'user-pool-customers';
const OTHER = 'eu-west-1_Shop2';
const tagged = (id: string, component: string) => {
  const pool = userPool({ id, name: 'shop' });
  if (pool.settings.kind === 'known') pool.settings.value.tags = { 'securecart:component': component };
  return pool;
};

testControl(userPoolControl, {
  'the pool of that name, with its client': {
    expect: [
      {
        status: 'pass',
        resource: POOL,
        key: ROW,
        message: 'This is the user pool securecart-customers of the baseline, by its name, with its clients.',
      },
    ],
  },
  'a tag outweighs the name': {
    given: facts => {
      facts['cognito.userPools'].push(tagged(OTHER, ROW));
    },
    expect: [
      {
        status: 'pass',
        resource: OTHER,
        message: 'This is the user pool securecart-customers of the baseline, by its tag, with its clients.',
      },
    ],
  },
  'an id in the baseline outweighs both': {
    given: facts => {
      facts['cognito.userPools'].push(tagged(OTHER, ROW));
    },
    baseline: baseline => ({
      ...baseline,
      authentication: {
        ...baseline.authentication,
        userPools: baseline.authentication.userPools.map(pool => ({ ...pool, poolId: POOL })),
      },
    }),
    expect: [
      {
        status: 'pass',
        resource: POOL,
        message: 'This is the user pool securecart-customers of the baseline, by its id, with its clients.',
      },
    ],
  },
  'two pools of the same name are in doubt': {
    given: facts => {
      facts['cognito.userPools'].push(userPool({ id: OTHER }));
    },
    expect: [
      {
        status: 'fail',
        resource: POOL,
        message: `It could be the baseline's securecart-customers as well as ${OTHER}: give its id as poolId in the baseline.`,
      },
      {
        status: 'fail',
        resource: OTHER,
        message: `It could be the baseline's securecart-customers as well as ${POOL}: give its id as poolId in the baseline.`,
      },
    ],
  },
  'a pool without the client': {
    given: facts => {
      facts['cognito.userPools'] = [userPool({ clients: known([]) })];
    },
    expect: [
      {
        status: 'fail',
        resource: POOL,
        key: 'user-pool-client-web',
        message: 'It has no client securecart-web: nobody signs in to a user pool but through a client.',
      },
    ],
  },
  'clients that could not be listed are not none': {
    given: facts => {
      facts['cognito.userPools'] = [userPool({ clients: refused('cognito-idp:ListUserPoolClients') })];
    },
    expect: [{ status: 'unknown', resource: POOL, key: ROW }],
  },
  'no such pool': {
    given: facts => {
      facts['cognito.userPools'] = [userPool({ name: 'another' })];
    },
    expect: [
      {
        status: 'fail',
        resource: OWNER,
        key: ROW,
        message: "No user pool is the baseline's securecart-customers in eu-west-1.",
      },
    ],
  },
  'a pool whose tags could not be read may be the one': {
    given: facts => {
      facts['cognito.userPools'] = [
        userPool({ name: 'another', settings: refused('cognito-idp:DescribeUserPool') }),
      ];
    },
    expect: [
      {
        status: 'unknown',
        resource: OWNER,
        message: 'This cannot be judged without cognito-idp:DescribeUserPool.',
      },
    ],
  },
});
