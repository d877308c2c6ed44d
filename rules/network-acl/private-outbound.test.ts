import { networkAclMessages } from '../../src/findings/network-acl-rows.ts';
import { addEntries } from '../../test/builders/change.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import privateOutbound from './private-outbound.ts';

testControl(
  privateOutbound,
  {
    'the rows are in force, and nothing else': {
      expect: [
        { status: 'pass', resource: 'acl-0b', key: 'nothing-else' },
        { status: 'pass', resource: 'acl-0b', key: 'private-out-https' },
      ],
    },
    'an entry that no row has': {
      given: addEntries('acl-0b', 'outbound 260 allow tcp 25 0.0.0.0/0'),
      expect: [
        {
          status: 'fail',
          resource: 'acl-0b',
          key: 'outbound 260',
          message: 'acl-0b outbound 260 allows tcp 25 to 0.0.0.0/0, which no row of the baseline does.',
          blame: ['acl-0b outbound 260'],
        },
      ],
    },
  },
  networkAclMessages,
);
