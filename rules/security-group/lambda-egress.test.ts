import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import lambdaEgress from './lambda-egress.ts';

testControl(
  lambdaEgress,
  {
    'HTTPS alone': {
      expect: [{ status: 'pass', resource: GROUP.lambda, key: 'lambda-out-https' }],
    },
    'the functions reach the database too': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.lambda, `egress tcp 5432 ${GROUP.rds}`)),
      expect: [
        {
          status: 'fail',
          resource: GROUP.lambda,
          key: 'sgr-1',
          message: `Rule sgr-1 allows tcp 5432 to ${GROUP.rds}, which no row of the baseline does.`,
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
