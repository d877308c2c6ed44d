import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import backendIngress from './backend-ingress.ts';

testControl(
  backendIngress,
  {
    'the load balancer alone': {
      expect: [{ status: 'pass', resource: GROUP.backend, key: 'backend-in-alb' }],
    },
    "the customers' way past the load balancer": {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.backend, 'ingress tcp 8080 0.0.0.0/0')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message: 'Rule sgr-1 allows tcp 8080 from 0.0.0.0/0, which no row of the baseline does.',
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
