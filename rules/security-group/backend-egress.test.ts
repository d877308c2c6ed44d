import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import backendEgress from './backend-egress.ts';

testControl(
  backendEgress,
  {
    'database, gateway endpoints and interface endpoints': {
      expect: [{ status: 'pass', resource: GROUP.backend, key: 'backend-out-rds' }],
    },
    'a way out for mail': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.backend, 'egress tcp 25 0.0.0.0/0')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message: 'Rule sgr-1 allows tcp 25 to 0.0.0.0/0, which no row of the baseline does.',
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
