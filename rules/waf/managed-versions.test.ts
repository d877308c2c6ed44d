import { BEHIND, groupRule, instead, managed, withWebAcl } from '../../test/builders/protection.ts';
import { REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import managedVersions from './managed-versions.ts';

const pinned = (title: string, group: string) =>
  groupRule(title, { ...managed(group), version: 'Version_1.1' });

testControl(managedVersions, {
  'no rule names a version': {
    expect: [{ status: 'pass', resource: 'acl-1', message: 'AWS updates every managed rule group of it.' }],
  },
  "one of the account's and one of Firewall Manager's do": {
    given: withWebAcl(instead(4, pinned('4 BlockSQLInjection', 'AWSManagedRulesSQLiRuleSet')), {
      firewallManagerLast: [pinned('7 Linux', 'AWSManagedRulesLinuxRuleSet')],
      managedByFirewallManager: true,
    }),
    expect: [
      {
        status: 'fail',
        resource: 'acl-1',
        key: '4 BlockSQLInjection',
        message: `Rule 4 BlockSQLInjection holds AWSManagedRulesSQLiRuleSet at Version_1.1: ${BEHIND} gets no protection from attacks found since. Firewall Manager owns this web ACL: change its policy.`,
        actual: 'Version_1.1',
        blame: ['4 BlockSQLInjection'],
      },
      {
        status: 'fail',
        resource: 'acl-1',
        key: '7 Linux',
        message: `Rule 7 Linux holds AWSManagedRulesLinuxRuleSet at Version_1.1: ${BEHIND} gets no protection from attacks found since. Firewall Manager owns this web ACL: change its policy.`,
      },
    ],
  },
  'nothing faces the internet': {
    given: facts => {
      facts['wafv2.associations'] = [];
      facts['apigateway.restApis'] = [];
    },
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
