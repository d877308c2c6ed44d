import { networkAclMessages } from '../../src/findings/network-acl-rows.ts';
import { addEntries } from '../../test/builders/change.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicOutbound from './public-outbound.ts';

testControl(
  publicOutbound,
  {
    'the rows are in force, and nothing else': {
      expect: [
        { status: 'pass', resource: 'acl-0a', key: 'nothing-else' },
        { status: 'pass', resource: 'acl-0a', key: 'public-out-backend' },
      ],
    },
    'an entry that no row has': {
      given: addEntries('acl-0a', 'outbound 119 allow tcp 5432 10.0.32.0/20'),
      expect: [
        {
          status: 'fail',
          resource: 'acl-0a',
          key: 'public-out-not-vpc',
          message:
            'Row public-out-not-vpc is not in force: tcp 5432 to 10.0.32.0/20 is allowed before, by acl-0a outbound 119.',
          blame: ['acl-0a outbound 119'],
        },
      ],
    },
  },
  networkAclMessages,
);
