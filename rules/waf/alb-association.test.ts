import { associationMessages } from '../../src/findings/waf/association.ts';
import { others } from '../../test/builders/others.ts';
import { ALB, known, refused } from '../../test/builders/protection.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import albAssociation from './alb-association.ts';

testControl(
  albAssociation,
  {
    'a web ACL stands before it': {
      expect: [{ status: 'pass', resource: 'shop', message: 'Web ACL securecart stands before it.' }],
    },
    'none does, though the account has one': {
      given: facts => {
        facts['wafv2.associations'] = [{ resource: ALB, webAcl: known(null) }];
      },
      expect: [
        {
          status: 'fail',
          resource: 'shop',
          message:
            'No web ACL stands before it: every request of the internet reaches it, and no rule of the baseline sees one.',
          expected: 'a web ACL',
          actual: 'none',
        },
      ],
    },
    'a denied call is not a load balancer without one': {
      given: facts => {
        facts['wafv2.associations'] = [{ resource: ALB, webAcl: refused('wafv2:GetWebACLForResource') }];
      },
      expect: [{ status: 'unknown', resource: 'shop' }],
    },
    'nothing faces the internet': {
      given: facts => {
        facts['wafv2.associations'] = [];
      },
      expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
    },
  },
  others(associationMessages, 'protected', 'bare'),
);
