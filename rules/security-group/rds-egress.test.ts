import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import rdsEgress from './rds-egress.ts';

testControl(
  rdsEgress,
  {
    'a direction without rows allows nothing': {
      expect: [{ status: 'pass', resource: GROUP.rds, key: 'nothing-else' }],
    },
    'the database calls the backend': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.rds, `egress tcp 8080 ${GROUP.backend}`)),
      expect: [
        {
          status: 'fail',
          resource: GROUP.rds,
          key: 'sgr-1',
          message: `Rule sgr-1 allows tcp 8080 to ${GROUP.backend}, which no row of the baseline does.`,
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
