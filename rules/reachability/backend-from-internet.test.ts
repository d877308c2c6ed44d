import { keptOutMessages } from '../../src/findings/reachability/kept-out.ts';
import { addEntries, addRoutes, addRules, changeInterfaces, changes } from '../../test/builders/change.ts';
import { GROUP, route, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import backendFromInternet from './backend-from-internet.ts';

const everyLockButTheAddress = changes(
  addRules(GROUP.backend, 'ingress tcp 8080 0.0.0.0/0'),
  addEntries('acl-0b', 'inbound 1 allow tcp 8080 0.0.0.0/0'),
  addRoutes('rtb-0b', route('0.0.0.0/0', 'igw-0a')),
);
const pass = { status: 'pass' as const, resource: VPC, key: 'internet-to-backend' };
const open = {
  status: 'fail' as const,
  resource: VPC,
  key: 'internet-to-backend: internet to backend',
  message: 'Packets from the internet reach backend: tcp 8080.',
};

testControl(
  backendFromInternet,
  {
    'the shop': { expect: [pass] },
    'no task has a public address': { given: everyLockButTheAddress, expect: [pass] },
    'a task has one': {
      given: changes(
        everyLockButTheAddress,
        changeInterfaces(GROUP.backend, one => {
          one.publicAddress = '198.51.100.30';
        }),
      ),
      expect: [
        {
          ...open,
          connection: '203.0.113.10 > 10.0.16.10 tcp 8080',
          blame: ['acl-0b inbound 1', 'sgr-1'],
        },
      ],
    },
    'the next task gets one': {
      given: changes(everyLockButTheAddress, facts => {
        for (const service of facts['ecs.services']) service.assignPublicIp = true;
        facts['ec2.networkInterfaces'] = [];
      }),
      expect: [{ ...open, connection: '203.0.113.10 > 10.0.16.4 tcp 8080' }],
    },
  },
  keptOutMessages,
);
