import {
  addEntries,
  addRoutes,
  addRules,
  changeInterfaces,
  changes,
  publicDatabase,
} from '../../test/builders/change.ts';
import { GROUP, group, networkAcl, prefixList, route, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import databaseFromInternet from './database-from-internet.ts';

const toInternet = route('0.0.0.0/0', 'igw-0a');
const openRule = addRules(GROUP.rds, 'ingress tcp 5432 0.0.0.0/0');
const openAcl = addEntries('acl-0d', 'inbound 1 allow all 0.0.0.0/0');

const pass = { status: 'pass' as const, resource: VPC, key: 'internet-to-rds' };
const unknown = { status: 'unknown' as const, resource: VPC, key: 'internet-to-rds' };
const open = {
  status: 'fail' as const,
  resource: VPC,
  key: 'internet-to-rds: internet to rds',
  message: 'Packets from the internet reach rds: tcp 5432.',
};

testControl(databaseFromInternet, {
  'the shop': {
    expect: [
      {
        ...pass,
        message:
          'No packet from the internet reaches rds, by the routes, public addresses, security groups and network ACLs together.',
      },
    ],
  },
  'every rule is open, and there is neither a route nor a public address': {
    given: changes(openRule, openAcl),
    expect: [pass],
  },
  'every rule is open, and there is a public address without a route': {
    given: changes(openRule, openAcl, publicDatabase),
    expect: [pass],
  },
  'every rule is open, and there is a route without a public address': {
    given: changes(openRule, openAcl, addRoutes('rtb-0d', toInternet)),
    expect: [pass],
  },
  'a public address, a route and an open group, behind the network ACL': {
    given: changes(openRule, publicDatabase, addRoutes('rtb-0d', toInternet)),
    expect: [pass],
  },
  'a public address, a route and an open network ACL, behind the group': {
    given: changes(openAcl, publicDatabase, addRoutes('rtb-0d', toInternet)),
    expect: [pass],
  },
  'all four are open': {
    given: changes(openRule, openAcl, publicDatabase, addRoutes('rtb-0d', toInternet)),
    expect: [
      {
        ...open,
        expected: 'nothing',
        actual: 'tcp 5432',
        connection: '203.0.113.10 > 10.0.32.10 tcp 5432',
        blame: ['acl-0d inbound 1', 'sgr-1'],
      },
    ],
  },
  'RDS says that it is public, and its interface has no address just now': {
    given: changes(openRule, openAcl, addRoutes('rtb-0d', toInternet), facts => {
      for (const database of facts['rds.dbInstances']) database.publiclyAccessible = true;
    }),
    expect: [{ ...open, connection: '203.0.113.10 > 10.0.32.10 tcp 5432' }],
  },
  'the zone to which it fails over is open, and the one where it stands is not': {
    given: changes(
      openRule,
      facts => {
        for (const database of facts['rds.dbInstances']) database.publiclyAccessible = true;
        for (const { id, associations } of facts['ec2.networkAcls']) if (id === 'acl-0d') associations.pop();
      },
      addRoutes('rtb-0d', toInternet),
    ),
    expect: [
      { ...open, connection: '203.0.113.10 > 10.0.33.4 tcp 5432', blame: ['acl-0f inbound 100', 'sgr-1'] },
    ],
  },
  'its own group is closed, and another that it carries is not': {
    given: changes(openAcl, publicDatabase, addRoutes('rtb-0d', toInternet), facts => {
      facts['ec2.securityGroups'].push(group('sg-1', 'temporary'));
      changeInterfaces(GROUP.rds, one => one.securityGroups.push('sg-1'))(facts);
      addRules('sg-1', 'ingress -1 any 0.0.0.0/0')(facts);
    }),
    expect: [
      {
        ...open,
        message: 'Packets from the internet reach rds: all traffic.',
        connection: '203.0.113.10 > 10.0.32.10 tcp 443',
        blame: ['acl-0d inbound 1', 'sgr-1'],
      },
    ],
  },
  'the route is that of the main table, which serves subnets without one': {
    given: changes(openRule, openAcl, publicDatabase, addRoutes('rtb-0f', toInternet), facts => {
      for (const table of facts['ec2.routeTables']) if (table.id === 'rtb-0d') table.subnets = [];
    }),
    expect: [open],
  },
  'the route is a blackhole': {
    given: changes(openRule, openAcl, publicDatabase, addRoutes('rtb-0d', { ...toInternet, active: false })),
    expect: [pass],
  },
  'the route is to a NAT gateway, through which nobody comes in': {
    given: changes(
      openRule,
      openAcl,
      publicDatabase,
      addRoutes('rtb-0d', route('0.0.0.0/0', 'nat-1')),
      facts =>
        facts['ec2.natGateways'].push({
          id: 'nat-1',
          vpc: VPC,
          subnet: 'subnet-0a1',
          state: 'available',
          connectivity: 'public',
          tags: {},
        }),
    ),
    expect: [pass],
  },
  'the route leads through a firewall of which nothing is known': {
    given: changes(openRule, openAcl, publicDatabase, addRoutes('rtb-0d', route('0.0.0.0/0', 'vpce-1'))),
    expect: [open],
  },
  'an IPv6 address is public by nature': {
    given: changes(
      addRules(GROUP.rds, 'ingress tcp 5432 ::/0'),
      addEntries('acl-0d', 'inbound 1 allow tcp 5432 ::/0'),
      addRoutes('rtb-0d', route('::/0', 'igw-0a')),
      changeInterfaces(GROUP.rds, one => one.ipv6Addresses.push('2600:1f18::20')),
    ),
    expect: [{ ...open, connection: '2001:db8::10 > 2600:1f18::20 tcp 5432' }],
  },
  'an egress-only gateway lets nobody in to it': {
    given: changes(
      addRules(GROUP.rds, 'ingress tcp 5432 ::/0'),
      addEntries('acl-0d', 'inbound 1 allow tcp 5432 ::/0'),
      addRoutes('rtb-0d', route('::/0', 'eigw-1')),
      changeInterfaces(GROUP.rds, one => one.ipv6Addresses.push('2600:1f18::20')),
    ),
    expect: [pass],
  },
  'network ACLs that cannot be read do not matter where the group is closed': {
    given: changes(publicDatabase, addRoutes('rtb-0d', toInternet)),
    denied: ['ec2.networkAcls'],
    expect: [pass],
  },
  'network ACLs that cannot be read matter where all else is open': {
    given: changes(openRule, publicDatabase, addRoutes('rtb-0d', toInternet)),
    denied: ['ec2.networkAcls'],
    expect: [unknown],
  },
  'a prefix list that cannot be read could hold anybody': {
    given: changes(
      openAcl,
      publicDatabase,
      addRoutes('rtb-0d', toInternet),
      addRules(GROUP.rds, 'ingress tcp 5432 pl-1'),
    ),
    denied: ['ec2.prefixLists'],
    expect: [unknown],
  },
  'a prefix list that cannot be read hides no rule that is open for certain': {
    given: changes(
      openAcl,
      publicDatabase,
      addRoutes('rtb-0d', toInternet),
      addRules(GROUP.rds, 'ingress tcp 5432 0.0.0.0/0', 'ingress tcp 22 pl-1'),
    ),
    denied: ['ec2.prefixLists'],
    expect: [open],
  },
  'the internet by a prefix list, and a subnet of the database by a network ACL of its own': {
    given: changes(publicDatabase, addRoutes('rtb-0d', toInternet), facts => {
      facts['ec2.prefixLists'].push(prefixList('pl-1', 'offices', ['0.0.0.0/1', '128.0.0.0/1']));
      addRules(GROUP.rds, 'ingress tcp 5432 pl-1')(facts);
      for (const acl of facts['ec2.networkAcls'])
        acl.associations = acl.associations.filter(({ subnet }) => subnet !== 'subnet-0d1');
      facts['ec2.networkAcls'].push(networkAcl('acl-1', ['subnet-0d1'], ['inbound 7 allow all 0.0.0.0/0']));
    }),
    expect: [{ ...open, blame: ['acl-1 inbound 7', 'sgr-1'] }],
  },
  'no database': {
    given: facts => {
      facts['rds.dbInstances'] = [];
      facts['ec2.networkInterfaces'] = [];
    },
    expect: [
      {
        status: 'not-applicable',
        resource: VPC,
        key: 'internet-to-rds',
        message: 'Nothing of rds stands in the VPC.',
      },
    ],
  },
});
