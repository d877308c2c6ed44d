import { VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import flowLogs from './flow-logs.ts';

const inactive = { status: 'fail' as const, resource: VPC, message: 'The VPC has no active flow log.' };

testControl(flowLogs, {
  'an active one': {
    expect: [{ status: 'pass', resource: VPC, message: 'The flow log fl-0a is active.' }],
  },
  'one that failed': {
    given: facts => {
      facts['ec2.flowLogs'] = [{ id: 'fl-0a', resource: VPC, status: 'FAILED' }];
    },
    expect: [{ ...inactive, actual: 'fl-0a FAILED' }],
  },
  'one that is active, and delivers nothing': {
    given: facts => {
      facts['ec2.flowLogs'] = [{ id: 'fl-0a', resource: VPC, status: 'ACTIVE', failure: 'Access error' }];
    },
    expect: [
      {
        status: 'fail',
        resource: VPC,
        key: 'fl-0a',
        message: 'The flow log fl-0a delivers nothing: Access error.',
      },
    ],
  },
  'of two that are active, one that delivers is enough': {
    given: facts =>
      facts['ec2.flowLogs'].push({ id: 'fl-00', resource: VPC, status: 'ACTIVE', failure: 'Access error' }),
    expect: [{ status: 'pass', resource: VPC, message: 'The flow log fl-0a is active.' }],
  },
  'one of a subnet sees that subnet only': {
    given: facts => {
      facts['ec2.flowLogs'] = [{ id: 'fl-0a', resource: 'subnet-0a1', status: 'ACTIVE' }];
    },
    expect: [{ ...inactive, actual: 'none' }],
  },
  'a baseline that asks for none': {
    baseline: baseline => ({ ...baseline, network: { ...baseline.network, flowLogs: false } }),
    expect: [{ status: 'not-applicable', resource: VPC, message: 'The baseline asks for no flow log.' }],
  },
});
