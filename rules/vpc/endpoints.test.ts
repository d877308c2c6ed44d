import type { VpcEndpoint } from '../../src/services/ec2/facts.ts';
import { type Facts, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import endpoints from './endpoints.ts';

const change = (id: string, fields: Partial<VpcEndpoint>) => (facts: Facts) => {
  facts['ec2.vpcEndpoints'] = facts['ec2.vpcEndpoints'].map(one =>
    one.id === id ? { ...one, ...fields } : one,
  );
};

const fail = (key: string, message: string) => ({ status: 'fail' as const, resource: VPC, key, message });

testControl(endpoints, {
  'all that the baseline lists': {
    expect: [
      {
        status: 'pass',
        resource: VPC,
        key: 'gateway s3',
        message: 'The endpoint vpce-0a3 for s3 serves the private tier.',
      },
      { status: 'pass', resource: VPC, key: 'interface sts' },
    ],
  },
  'one that is gone, one of another kind, and one that is not available yet': {
    given: facts => {
      facts['ec2.vpcEndpoints'] = facts['ec2.vpcEndpoints'].filter(({ id }) => id !== 'vpce-0b0');
      change('vpce-0a3', { type: 'Interface' })(facts);
      change('vpce-0b6', { state: 'pending' })(facts);
    },
    expect: [
      fail('gateway s3', 'The VPC has no gateway endpoint for s3 that is available.'),
      fail(
        'interface secretsmanager',
        'The VPC has no interface endpoint for secretsmanager that is available.',
      ),
      fail('interface sts', 'The VPC has no interface endpoint for sts that is available.'),
    ],
  },
  "a gateway endpoint in the database tier's route table": {
    given: change('vpce-0a3', { routeTables: ['rtb-0d'] }),
    expect: [
      fail(
        'gateway s3',
        'The endpoint vpce-0a3 for s3 is not in rtb-0b, by which the private tier is routed.',
      ),
    ],
  },
  'an interface endpoint in one zone': {
    given: change('vpce-0b0', { subnets: ['subnet-0b1', 'subnet-0d2'] }),
    expect: [
      fail(
        'interface secretsmanager',
        'The endpoint vpce-0b0 for secretsmanager has no subnet of the private tier in eu-west-1b.',
      ),
    ],
  },
  'an interface endpoint that no name leads to': {
    given: change('vpce-0b0', { privateDns: false }),
    expect: [
      fail(
        'interface secretsmanager',
        'The endpoint vpce-0b0 for secretsmanager has no private DNS names, so that calls go past it.',
      ),
    ],
  },
  'of two endpoints one that serves is enough': {
    given: facts =>
      facts['ec2.vpcEndpoints'].push(
        ...facts['ec2.vpcEndpoints']
          .filter(({ id }) => id === 'vpce-0b0')
          .map(one => ({ ...one, id: 'vpce-00', privateDns: false })),
      ),
    expect: [{ status: 'pass', resource: VPC, key: 'interface secretsmanager' }],
  },
});
