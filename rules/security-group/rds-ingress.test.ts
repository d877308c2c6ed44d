import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import rdsIngress from './rds-ingress.ts';

testControl(
  rdsIngress,
  {
    'the backend alone': {
      expect: [{ status: 'pass', resource: GROUP.rds, key: 'rds-in-backend' }],
    },
    'the functions reach the database too': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.rds, `ingress tcp 5432 ${GROUP.lambda}`)),
      expect: [
        {
          status: 'fail',
          resource: GROUP.rds,
          key: 'sgr-1',
          message: `Rule sgr-1 allows tcp 5432 from ${GROUP.lambda}, which no row of the baseline does.`,
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
