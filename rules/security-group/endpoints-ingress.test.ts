import { securityGroupMessages } from '../../src/findings/security-group-rows.ts';
import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import endpointsIngress from './endpoints-ingress.ts';

testControl(
  endpointsIngress,
  {
    'backend and functions': {
      expect: [{ status: 'pass', resource: GROUP.endpoints, key: 'endpoints-in-lambda' }],
    },
    'the load balancer reaches the endpoints too': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.endpoints, `ingress tcp 443 ${GROUP.alb}`)),
      expect: [
        {
          status: 'fail',
          resource: GROUP.endpoints,
          key: 'sgr-1',
          message: `Rule sgr-1 allows tcp 443 from ${GROUP.alb}, which no row of the baseline does.`,
          blame: ['sgr-1'],
        },
      ],
    },
  },
  securityGroupMessages,
);
