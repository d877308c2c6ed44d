import { GROUP, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import backendInternetIngress from './backend-internet-ingress.ts';

testControl(
  backendInternetIngress,
  {
    'the load balancer is inside the VPC': {
      expect: [{ status: 'pass', resource: GROUP.backend }],
    },
    'a way past the load balancer': {
      given: facts =>
        facts['ec2.securityGroupRules'].push(
          rule('sgr-1', GROUP.backend, 'ingress tcp 8080 198.51.100.0/24'),
        ),
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message: 'Rule sgr-1 lets in tcp 8080 from 198.51.100.0/24, which is outside the VPC.',
        },
      ],
    },
  },
  backendInternetIngress.messages,
);
