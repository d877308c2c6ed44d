import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import present from './present.ts';

const having = (name: string, type: string) => (facts: Facts) => {
  facts['ssm.parameters'] = [{ name, type }];
};
const resource = '/securecart/log-level';

testControl(present, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource, message: 'It is there, a String.' }],
  },
  'another type': {
    given: having(resource, 'StringList'),
    expect: [{ status: 'fail', resource, message: 'It is a StringList, and is to be a String.' }],
  },
  'the name without its path': {
    given: having('log-level', 'String'),
    expect: [
      {
        status: 'fail',
        resource: OWNER,
        key: 'parameter-log-level',
        message: 'No parameter is called /securecart/log-level in eu-west-1.',
      },
    ],
  },
});
