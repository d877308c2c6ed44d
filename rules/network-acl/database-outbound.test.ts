import { networkAclMessages } from '../../src/findings/network-acl-rows.ts';
import { addEntries } from '../../test/builders/change.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import databaseOutbound from './database-outbound.ts';

testControl(
  databaseOutbound,
  {
    'the rows are in force, and nothing else': {
      expect: [
        { status: 'pass', resource: 'acl-0d', key: 'database-out-replies-backend' },
        { status: 'pass', resource: 'acl-0d', key: 'nothing-else' },
      ],
    },
    'an entry that no row has': {
      given: addEntries('acl-0d', 'outbound 319 allow tcp 443 0.0.0.0/0'),
      expect: [
        {
          status: 'fail',
          resource: 'acl-0d',
          key: 'database-out-rest',
          message:
            'Row database-out-rest is not in force: tcp 443 to 0.0.0.0/0 is allowed before, by acl-0d outbound 319.',
          blame: ['acl-0d outbound 319'],
        },
      ],
    },
  },
  networkAclMessages,
);
