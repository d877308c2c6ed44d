import { keptOutMessages } from '../../src/findings/reachability/kept-out.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { addEntries, addRoutes, addRules, changes, publicDatabase } from '../../test/builders/change.ts';
import { type Facts, GROUP, networkInterface, OWNER, route, rule, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import databaseFromOthers from './database-from-others.ts';

const openAcl = addEntries('acl-0d', 'inbound 1 allow all 0.0.0.0/0');
const addInterfaces =
  (...interfaces: ReturnType<typeof networkInterface>[]) =>
  (facts: Facts) =>
    facts['ec2.networkInterfaces'].push(...interfaces);

const pass = { status: 'pass' as const, resource: VPC, key: 'others-to-rds' };
const open = (key: string, message: string) => ({
  status: 'fail' as const,
  resource: VPC,
  key: `others-to-rds: ${key} to rds`,
  message,
});

/** A peering connection, and a rule that names a group at its other end. */
const peered = (peeringStatus: string) => (facts: Facts) => {
  addRoutes('rtb-0d', route('172.31.0.0/16', 'pcx-1'))(facts);
  facts['ec2.securityGroupRules'].push({
    id: 'sgr-1',
    group: GROUP.rds,
    direction: 'ingress',
    protocol: 'tcp',
    from: 5432,
    to: 5432,
    peer: {
      kind: 'security-group',
      id: 'sg-1',
      owner: OWNER,
      vpc: 'vpc-0b',
      peeringConnection: 'pcx-1',
      peeringStatus,
    },
  });
};

testControl(
  databaseFromOthers,
  {
    'the shop': { expect: [pass] },
    'the load balancer is let in by the whole VPC, and the network ACL knows better': {
      given: changes(
        addRules(GROUP.rds, 'ingress tcp 5432 10.0.0.0/16'),
        addRules(GROUP.alb, 'egress -1 any 0.0.0.0/0'),
      ),
      expect: [pass],
    },
    'the functions are let in by the whole VPC, and the network ACL by their tier': {
      given: changes(
        addRules(GROUP.rds, 'ingress tcp 5432 10.0.0.0/16'),
        facts =>
          facts['ec2.securityGroupRules'].push(rule('sgr-2', GROUP.lambda, 'egress tcp 5432 10.0.32.0/20')),
        addEntries('acl-0b', 'outbound 1 allow all 0.0.0.0/0'),
      ),
      expect: [
        {
          ...open('lambda', 'Packets from lambda reach rds: tcp 5432.'),
          connection: '10.0.17.30 > 10.0.32.10 tcp 5432',
          blame: ['sgr-2', 'acl-0b outbound 1', 'acl-0d inbound 300', 'sgr-1'],
        },
      ],
    },
    'a function in the group of the backend is no backend': {
      given: addInterfaces(
        networkInterface('eni-1', 'subnet-0b1', 'lambda', 'somebody', GROUP.backend, '10.0.16.77'),
      ),
      expect: [
        {
          ...open('eni-1', 'Packets from eni-1 reach rds: tcp 5432.'),
          connection: '10.0.16.77 > 10.0.32.10 tcp 5432',
          blame: ['sgr-0b2', 'acl-0b outbound 250', 'acl-0d inbound 300', 'sgr-0d1'],
        },
      ],
    },
    'a bastion in the group of the database, which lets in its own': {
      given: changes(
        addRules(GROUP.rds, `ingress tcp 22-5432 ${GROUP.rds}`, `egress tcp 22 ${GROUP.rds}`),
        addInterfaces(networkInterface('eni-1', 'subnet-0d1', 'interface', 'me', GROUP.rds, '10.0.32.99')),
      ),
      expect: [
        {
          ...open('eni-1', 'Packets from eni-1 reach rds: tcp 22.'),
          connection: '10.0.32.99 > 10.0.32.10 tcp 22',
          blame: ['sgr-2', 'sgr-1'],
        },
        open('rds', 'Packets from rds reach rds: tcp 22.'),
      ],
    },
    'many strangers, told once for each list of groups and subnet': {
      given: changes(
        addRules(GROUP.rds, 'ingress tcp 5432 10.0.16.0/20'),
        addRules(GROUP.default, 'egress -1 any 0.0.0.0/0'),
        addInterfaces(
          ...[1, 2, 3, 4, 5].map(number =>
            networkInterface(
              `eni-${number}`,
              'subnet-0b1',
              'interface',
              'me',
              GROUP.default,
              `10.0.16.10${number}`,
            ),
          ),
        ),
      ),
      expect: [open('eni-1', 'Packets from eni-1, eni-2, eni-3 and 2 more reach rds: tcp 5432.')],
    },
    'whoever is behind a peering connection, by a group there': {
      given: changes(openAcl, peered('active')),
      expect: [
        {
          ...open('pcx-1', 'Packets from pcx-1 reach rds: tcp 5432.'),
          connection: '172.31.0.4 > 10.0.32.10 tcp 5432',
          blame: ['acl-0d inbound 1', 'sgr-1'],
        },
      ],
    },
    'a peering connection that is gone lets nobody in': {
      given: changes(openAcl, peered('deleted')),
      expect: [pass],
    },
    'a VPN, by its addresses': {
      given: changes(
        openAcl,
        addRoutes('rtb-0d', route('192.168.0.0/16', 'vgw-1')),
        addRules(GROUP.rds, 'ingress tcp 5432 192.168.7.0/24'),
      ),
      expect: [
        {
          ...open('vgw-1', 'Packets from vgw-1 reach rds: tcp 5432.'),
          connection: '192.168.7.4 > 10.0.32.10 tcp 5432',
        },
      ],
    },
    'the internet is told by its own control': {
      given: changes(
        openAcl,
        publicDatabase,
        addRoutes('rtb-0d', route('0.0.0.0/0', 'igw-0a')),
        addRules(GROUP.rds, 'ingress tcp 5432 0.0.0.0/0'),
      ),
      expect: [pass],
    },
    'the internet is told here where no flow of the baseline names it': {
      given: changes(
        openAcl,
        publicDatabase,
        addRoutes('rtb-0d', route('0.0.0.0/0', 'igw-0a')),
        addRules(GROUP.rds, 'ingress tcp 5432 0.0.0.0/0'),
      ),
      baseline: (baseline: Baseline) => ({
        ...baseline,
        flows: baseline.flows.filter(({ id }) => id !== 'internet-to-rds'),
      }),
      expect: [open('internet', 'Packets from the internet reach rds: tcp 5432.')],
    },
    'who the functions are is not known, so that more of them could be': {
      denied: ['lambda.functions'],
      expect: [{ status: 'unknown', resource: VPC, key: 'others-to-rds' }],
    },
  },
  keptOutMessages,
);
