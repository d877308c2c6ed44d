import { GROUP, group, OWNER, prefixList, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import rdsInternetIngress from './rds-internet-ingress.ts';

const open = (id: string, packets: string) => ({
  status: 'fail' as const,
  resource: GROUP.rds,
  key: id,
  message: `Rule ${id} lets in ${packets}, which is outside the VPC.`,
});

testControl(rdsInternetIngress, {
  'the backend is inside the VPC': {
    expect: [{ status: 'pass', resource: GROUP.rds, message: 'Nothing is let in from outside the VPC.' }],
  },
  'the whole VPC is inside the VPC, and what leaves is another control': {
    given: facts =>
      facts['ec2.securityGroupRules'].push(
        rule('sgr-1', GROUP.rds, 'ingress tcp 5432 10.0.0.0/16'),
        rule('sgr-2', GROUP.rds, 'egress -1 any 0.0.0.0/0'),
      ),
    expect: [{ status: 'pass', resource: GROUP.rds }],
  },
  'the internet in two halves, which no check for 0.0.0.0/0 sees': {
    given: facts =>
      facts['ec2.securityGroupRules'].push(
        rule('sgr-1', GROUP.rds, 'ingress tcp 5432 0.0.0.0/1'),
        rule('sgr-2', GROUP.rds, 'ingress tcp 5432 128.0.0.0/1'),
      ),
    expect: [
      {
        ...open('sgr-1', 'tcp 5432 from 0.0.0.0-9.255.255.255; tcp 5432 from 10.1.0.0-127.255.255.255'),
        actual: 'tcp 5432 from 0.0.0.0/1',
        blame: ['sgr-1'],
      },
      { ...open('sgr-2', 'tcp 5432 from 128.0.0.0/1'), witness: 'tcp 5432 from 203.0.113.10' },
    ],
  },
  'an office, a partner and the IPv6 internet are outside': {
    given: facts =>
      facts['ec2.securityGroupRules'].push(
        rule('sgr-1', GROUP.rds, 'ingress tcp 5432 198.51.100.7/32'),
        rule('sgr-2', GROUP.rds, 'ingress tcp 5432 192.168.0.0/16'),
        rule('sgr-3', GROUP.rds, 'ingress -1 any ::/0'),
      ),
    expect: [
      open('sgr-1', 'tcp 5432 from 198.51.100.7/32'),
      open('sgr-2', 'tcp 5432 from 192.168.0.0/16'),
      { ...open('sgr-3', 'all traffic from ::/0'), witness: 'tcp 443 from 2001:db8::10' },
    ],
  },
  'a prefix list that holds the internet, by the number of tcp': {
    given: facts => {
      facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.rds, 'ingress 6 5432 pl-1'));
      facts['ec2.prefixLists'].push(prefixList('pl-1', 'offices', ['0.0.0.0/0']));
    },
    expect: [open('sgr-1', 'tcp 5432 from 0.0.0.0-9.255.255.255; tcp 5432 from 10.1.0.0-255.255.255.255')],
  },
  'a group of a peered VPC is outside': {
    given: facts => {
      facts['ec2.securityGroups'].push({ ...group('sg-1', 'peer'), vpc: 'vpc-0b' });
      facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.rds, 'ingress tcp 5432 sg-1'));
    },
    expect: [open('sgr-1', 'tcp 5432 from sg-1')],
  },
  'lists that cannot be read hide no rule that is open for certain': {
    given: facts =>
      facts['ec2.securityGroupRules'].push(
        rule('sgr-1', GROUP.rds, 'ingress tcp 5432 pl-1'),
        rule('sgr-2', GROUP.rds, 'ingress tcp 5432 198.51.100.7/32'),
      ),
    denied: ['ec2.prefixLists'],
    expect: [
      { status: 'unknown', resource: GROUP.rds, key: 'sgr-1' },
      open('sgr-2', 'tcp 5432 from 198.51.100.7/32'),
    ],
  },
  'a database in a group that is the default one': {
    given: facts => {
      for (const database of facts['rds.dbInstances']) database.securityGroups = [GROUP.default];
      facts['ec2.securityGroupRules'].push({
        ...rule('sgr-1', GROUP.default, 'ingress -1 any 0.0.0.0/0'),
        peer: { kind: 'security-group', id: GROUP.default, owner: OWNER },
      });
    },
    expect: [{ status: 'pass', resource: GROUP.default }],
  },
  'without a database nothing is let in': {
    given: facts => {
      facts['rds.dbInstances'] = [];
    },
    expect: [
      {
        status: 'not-applicable',
        resource: 'vpc-0a',
        message: 'No security group is bound to rds: see security-group/component-binding.',
      },
    ],
  },
});
