import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import lambdaIngress from './lambda-ingress.ts';

testControl(
  lambdaIngress,
  {
    'a direction without rows allows nothing': {
      expect: [{ status: 'pass', resource: GROUP.lambda, key: 'nothing-else' }],
    },
    'the backend connects to a function': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.lambda, `ingress tcp 443 ${GROUP.backend}`)),
      expect: [
        {
          status: 'fail',
          resource: GROUP.lambda,
          key: 'sgr-1',
          message: `Rule sgr-1 allows tcp 443 from ${GROUP.backend}, which no row of the baseline does.`,
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
