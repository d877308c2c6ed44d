import { networkAclMessages } from '../../src/findings/network-acl-rows.ts';
import { addEntries } from '../../test/builders/change.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import privateInbound from './private-inbound.ts';

testControl(
  privateInbound,
  {
    'the rows are in force, and nothing else': {
      expect: [
        { status: 'pass', resource: 'acl-0b', key: 'nothing-else' },
        { status: 'pass', resource: 'acl-0b', key: 'private-in-alb' },
      ],
    },
    'an entry that no row has': {
      given: addEntries('acl-0b', 'inbound 199 allow tcp 22 10.0.0.0/20'),
      expect: [
        {
          status: 'fail',
          resource: 'acl-0b',
          key: 'private-in-rest',
          message:
            'Row private-in-rest is not in force: tcp 22 from 10.0.0.0/20 is allowed before, by acl-0b inbound 199.',
          blame: ['acl-0b inbound 199'],
        },
      ],
    },
  },
  networkAclMessages,
);
