import { keptOutMessages } from '../../src/findings/reachability/kept-out.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { addEntries, addRoutes, addRules, changes } from '../../test/builders/change.ts';
import { GROUP, route, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import otherForbiddenFlows from './other-forbidden-flows.ts';

const letOut = changes(
  addRules(GROUP.rds, 'egress tcp 443 0.0.0.0/0'),
  addEntries('acl-0d', 'outbound 1 allow tcp 443 0.0.0.0/0'),
);

const reaches = (server: string, name = server) => ({
  status: 'fail' as const,
  resource: VPC,
  key: `rds-to-anywhere: rds to ${server}`,
  message: `Packets from rds reach ${name}: tcp 443.`,
});

testControl(
  otherForbiddenFlows,
  {
    'the shop': { expect: [{ status: 'pass', resource: VPC, key: 'rds-to-anywhere' }] },
    'the database may ask anybody, and no route leads out of the VPC': {
      given: letOut,
      expect: [
        {
          ...reaches('alb'),
          connection: '10.0.32.10 > 10.0.0.10 tcp 443',
          blame: ['sgr-1', 'acl-0d outbound 1', 'acl-0a inbound 101', 'sgr-0a2'],
        },
      ],
    },
    'the database sends its records out through a NAT gateway': {
      given: changes(letOut, addRoutes('rtb-0d', route('0.0.0.0/0', 'nat-1')), facts =>
        facts['ec2.natGateways'].push({
          id: 'nat-1',
          vpc: VPC,
          state: 'available',
          connectivity: 'public',
          tags: {},
        }),
      ),
      expect: [
        reaches('alb'),
        reaches('dynamodb'),
        {
          ...reaches('internet', 'the internet'),
          connection: '10.0.32.10 > 203.0.113.10 tcp 443',
          blame: ['sgr-1', 'acl-0d outbound 1'],
        },
        reaches('s3'),
      ],
    },
    'a baseline that forbids nothing besides': {
      baseline: (baseline: Baseline) => ({
        ...baseline,
        flows: baseline.flows.filter(({ id }) => id !== 'rds-to-anywhere'),
      }),
      expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
    },
  },
  keptOutMessages,
);
