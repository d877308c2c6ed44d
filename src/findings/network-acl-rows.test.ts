import databaseInbound from '../../rules/network-acl/database-inbound.ts';
import publicInbound from '../../rules/network-acl/public-inbound.ts';
import { addEntries, changes, replaceEntry } from '../../test/builders/change.ts';
import { networkAcl } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';

testControl(publicInbound, {
  'the rows are in force, and nothing else': {
    expect: [
      {
        status: 'pass',
        resource: 'acl-0a',
        key: 'nothing-else',
        message: 'Nothing is allowed that no row of the baseline allows.',
      },
      { status: 'pass', resource: 'acl-0a', key: 'public-in-replies-backend' },
      { status: 'pass', resource: 'acl-0a', key: 'public-in-rest' },
      {
        status: 'pass',
        resource: 'acl-0a',
        key: 'public-in-web',
        message: 'Row public-in-web is in force.',
        expected: 'allow tcp 80 from 0.0.0.0/0; allow tcp 443 from 0.0.0.0/0',
      },
    ],
  },
  'other numbers, the same packets': {
    given: changes(
      replaceEntry(
        'acl-0a',
        'inbound 100',
        'inbound 10 allow tcp 80 0.0.0.0/1',
        'inbound 11 allow tcp 80 128.0.0.0/1',
      ),
      replaceEntry('acl-0a', 'inbound 110'),
    ),
    expect: [
      { status: 'pass', resource: 'acl-0a', key: 'nothing-else' },
      { status: 'pass', resource: 'acl-0a', key: 'public-in-web' },
    ],
  },
  'an allow of everything that is denied half by half before it, which other tools call open': {
    given: changes(
      addEntries(
        'acl-0a',
        'inbound 111 deny all 0.0.0.0/1',
        'inbound 112 deny all 128.0.0.0/1',
        'inbound 113 allow all 0.0.0.0/0',
      ),
      replaceEntry('acl-0a', 'inbound 110'),
    ),
    expect: [{ status: 'pass', resource: 'acl-0a', key: 'public-in-rest' }],
  },
  'the row that denies, in the wrong place': {
    given: replaceEntry('acl-0a', 'inbound 110', 'inbound 90 deny all 0.0.0.0/0'),
    expect: [
      {
        status: 'fail',
        resource: 'acl-0a',
        key: 'public-in-replies-backend',
        message:
          'Row public-in-replies-backend is not in force: tcp 1024-65535 from 10.0.16.0/20 is denied before, by acl-0a inbound 90.',
        blame: ['acl-0a inbound 90'],
      },
      {
        status: 'fail',
        resource: 'acl-0a',
        key: 'public-in-web',
        message:
          'Row public-in-web is not in force: tcp 80, 443 from 0.0.0.0/0 is denied before, by acl-0a inbound 90.',
        actual: 'deny all traffic from 0.0.0.0/0',
        witness: 'tcp 443 from 203.0.113.10',
      },
    ],
  },
  'entries in another order than their numbers': {
    given: facts => {
      for (const { entries } of facts['ec2.networkAcls']) entries.reverse();
    },
    expect: [{ status: 'pass', resource: 'acl-0a', key: 'public-in-web' }],
  },
  'an allow of the internet in halves before the row that denies it, which other tools call closed': {
    given: addEntries('acl-0a', 'inbound 50 allow tcp 22 0.0.0.0/1', 'inbound 51 allow tcp 22 128.0.0.0/1'),
    expect: [
      {
        status: 'fail',
        resource: 'acl-0a',
        key: 'public-in-rest',
        message:
          'Row public-in-rest is not in force: tcp 22 from 0.0.0.0/0 is allowed before, by acl-0a inbound 50, acl-0a inbound 51.',
        expected: 'deny all traffic from 0.0.0.0/0',
        actual: 'allow tcp 22 from 0.0.0.0/1; allow tcp 22 from 128.0.0.0/1',
        witness: 'tcp 22 from 203.0.113.10',
        blame: ['acl-0a inbound 50', 'acl-0a inbound 51'],
      },
    ],
  },
  'a row that is missing': {
    given: replaceEntry('acl-0a', 'inbound 105'),
    expect: [
      {
        status: 'fail',
        resource: 'acl-0a',
        key: 'public-in-replies-backend',
        message:
          'Row public-in-replies-backend is not in force: no entry allows tcp 1024-65535 from 10.0.16.0/20.',
        blame: [],
      },
    ],
  },
  'another port under the number is one change, not two': {
    given: replaceEntry('acl-0a', 'inbound 101', 'inbound 101 allow tcp 8443 0.0.0.0/0'),
    expect: [
      {
        status: 'fail',
        resource: 'acl-0a',
        key: 'public-in-web',
        message: 'Row public-in-web stands there in another form: acl-0a inbound 101 has taken its place.',
        actual: 'allow tcp 8443 from 0.0.0.0/0',
        witness: 'tcp 8443 from 203.0.113.10',
        blame: ['acl-0a inbound 101'],
      },
    ],
  },
  'an IPv4 row that denies all says nothing of IPv6': {
    given: addEntries('acl-0a', 'inbound 200 allow tcp 443 ::/0'),
    expect: [
      {
        status: 'fail',
        resource: 'acl-0a',
        key: 'inbound 200',
        message: 'acl-0a inbound 200 allows tcp 443 from ::/0, which no row of the baseline does.',
        actual: 'allow tcp 443 from ::/0',
      },
    ],
  },
  'the default network ACL, where subnets name no other': {
    given: facts => {
      facts['ec2.networkAcls'] = facts['ec2.networkAcls'].filter(({ id }) => id !== 'acl-0a');
    },
    expect: [
      {
        status: 'fail',
        resource: 'acl-0f',
        key: 'public-in-rest',
        message:
          'Row public-in-rest is not in force: all traffic except tcp 80, 443, 1024-65535 from 0.0.0.0/0; all traffic except tcp 80, 443 from 0.0.0.0-10.0.15.255; all traffic except tcp 80, 443 from 10.0.32.0-255.255.255.255 is allowed before, by acl-0f inbound 100.',
      },
    ],
  },
  'two network ACLs in one tier are both judged': {
    given: facts => {
      facts['ec2.networkAcls'].push(networkAcl('acl-1', ['subnet-0a2'], []));
      for (const acl of facts['ec2.networkAcls']) if (acl.id === 'acl-0a') acl.associations.pop();
    },
    expect: [
      { status: 'pass', resource: 'acl-0a', key: 'public-in-web' },
      {
        status: 'fail',
        resource: 'acl-1',
        key: 'public-in-replies-backend',
        message:
          'Row public-in-replies-backend is not in force: no entry allows tcp 1024-65535 from 10.0.16.0/20.',
      },
      {
        status: 'fail',
        resource: 'acl-1',
        key: 'public-in-web',
        message: 'Row public-in-web is not in force: no entry allows tcp 80, 443 from 0.0.0.0/0.',
      },
    ],
  },
  'a tier without subnets has no list': {
    given: facts => {
      facts['ec2.subnets'] = [];
    },
    expect: [
      {
        status: 'not-applicable',
        resource: 'vpc-0a',
        message: 'The tier public has no subnets: see vpc/tiers.',
      },
    ],
  },
});

testControl(
  databaseInbound,
  {
    'all protocols ignore the ports that are given with them': {
      given: replaceEntry('acl-0d', 'inbound 300', 'inbound 300 allow all 5432 10.0.16.0/20'),
      expect: [
        {
          status: 'fail',
          resource: 'acl-0d',
          key: 'database-in-rest',
          message:
            'Row database-in-rest is not in force: all traffic except tcp 5432 from 10.0.16.0/20 is allowed before, by acl-0d inbound 300.',
        },
      ],
    },
  },
  databaseInbound.messages,
);
