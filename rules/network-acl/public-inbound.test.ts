import { networkAclMessages } from '../../src/findings/network-acl-rows.ts';
import { addEntries } from '../../test/builders/change.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicInbound from './public-inbound.ts';

testControl(
  publicInbound,
  {
    'the rows are in force, and nothing else': {
      expect: [
        { status: 'pass', resource: 'acl-0a', key: 'nothing-else' },
        { status: 'pass', resource: 'acl-0a', key: 'public-in-web' },
      ],
    },
    'an entry that no row has': {
      given: addEntries('acl-0a', 'inbound 102 allow tcp 8443 0.0.0.0/0'),
      expect: [
        {
          status: 'fail',
          resource: 'acl-0a',
          key: 'public-in-rest',
          message:
            'Row public-in-rest is not in force: tcp 8443 from 0.0.0.0-10.0.15.255; tcp 8443 from 10.0.32.0-255.255.255.255 is allowed before, by acl-0a inbound 102.',
          blame: ['acl-0a inbound 102'],
        },
      ],
    },
  },
  networkAclMessages,
);
