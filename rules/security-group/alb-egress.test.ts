import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import albEgress from './alb-egress.ts';

testControl(
  albEgress,
  {
    "the document's row and the derived one are in force": {
      expect: [{ status: 'pass', resource: GROUP.alb, key: 'alb-out-backend' }],
    },
    'the VPC on every port': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.alb, 'egress tcp 0-65535 10.0.0.0/16')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.alb,
          key: 'sgr-1',
          message:
            'Rule sgr-1 allows tcp 0-79, 81-442, 444-65535 to 10.0.0.0/16, which no row of the baseline does.',
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
