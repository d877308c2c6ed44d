import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import albIngress from './alb-ingress.ts';

testControl(
  albIngress,
  {
    'the rows are in force': {
      expect: [{ status: 'pass', resource: GROUP.alb, key: 'alb-in-web' }],
    },
    'every port is open': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.alb, 'ingress tcp 0-65535 0.0.0.0/0')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.alb,
          key: 'sgr-1',
          message:
            'Rule sgr-1 allows tcp 0-79, 81-442, 444-65535 from 0.0.0.0/0, which no row of the baseline does.',
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
