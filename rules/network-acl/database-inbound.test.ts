import { networkAclMessages } from '../../src/findings/network-acl-rows.ts';
import { addEntries } from '../../test/builders/change.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import databaseInbound from './database-inbound.ts';

testControl(
  databaseInbound,
  {
    'the rows are in force, and nothing else': {
      expect: [
        { status: 'pass', resource: 'acl-0d', key: 'database-in-backend' },
        { status: 'pass', resource: 'acl-0d', key: 'nothing-else' },
      ],
    },
    'an entry that no row has': {
      given: addEntries('acl-0d', 'inbound 299 allow tcp 5432 10.0.0.0/20'),
      expect: [
        {
          status: 'fail',
          resource: 'acl-0d',
          key: 'database-in-rest',
          message:
            'Row database-in-rest is not in force: tcp 5432 from 10.0.0.0/20 is allowed before, by acl-0d inbound 299.',
          blame: ['acl-0d inbound 299'],
        },
      ],
    },
  },
  networkAclMessages,
);
