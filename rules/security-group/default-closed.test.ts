import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import defaultClosed from './default-closed.ts';

testControl(defaultClosed, {
  'a group without rules is closed': {
    expect: [
      { status: 'pass', resource: GROUP.default, message: 'The default group of vpc-0a has no rules.' },
    ],
  },
  'the rules that EC2 creates it with are two too many, though nothing is in the group': {
    given: facts =>
      facts['ec2.securityGroupRules'].push(
        rule('sgr-0f1', GROUP.default, `ingress -1 any ${GROUP.default}`),
        rule('sgr-0f2', GROUP.default, 'egress -1 any 0.0.0.0/0'),
      ),
    expect: [
      {
        status: 'fail',
        resource: GROUP.default,
        message: 'The default group of vpc-0a should have no rule, and has 2.',
        actual: `all traffic from ${GROUP.default}; all traffic to 0.0.0.0/0`,
        blame: ['sgr-0f1', 'sgr-0f2'],
      },
    ],
  },
  'rules that cannot be read are not no rules': {
    denied: ['ec2.securityGroupRules'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
  'a Region without a VPC has no default group': {
    given: facts => {
      facts['ec2.securityGroups'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
