import albIngress from '../../rules/security-group/alb-ingress.ts';
import backendEgress from '../../rules/security-group/backend-egress.ts';
import backendIngress from '../../rules/security-group/backend-ingress.ts';
import {
  type Facts,
  GROUP,
  group,
  networkInterface,
  prefixList,
  REGION,
  rule,
} from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';

const rules = (facts: Facts) => facts['ec2.securityGroupRules'];

/** Puts rules in the place of another, or takes it away. */
const replace =
  (id: string, ...others: ReturnType<typeof rule>[]) =>
  (facts: Facts) => {
    facts['ec2.securityGroupRules'] = rules(facts).flatMap(rule => (rule.id === id ? others : [rule]));
  };
const add =
  (...others: ReturnType<typeof rule>[]) =>
  (facts: Facts) =>
    void rules(facts).push(...others);

testControl(
  albIngress,
  {
    'the rows are in force, and nothing else': {
      expect: [
        {
          status: 'pass',
          resource: GROUP.alb,
          key: 'alb-in-web',
          message: 'Row alb-in-web is in force.',
          expected: 'tcp 80, 443 from 0.0.0.0/0',
        },
        {
          status: 'pass',
          resource: GROUP.alb,
          key: 'nothing-else',
          message: 'Nothing is allowed that no row of the baseline allows.',
        },
      ],
    },
    'two halves of the internet are the internet': {
      given: replace(
        'sgr-0a2',
        rule('sgr-1', GROUP.alb, 'ingress tcp 443 0.0.0.0/1'),
        rule('sgr-2', GROUP.alb, 'ingress tcp 443 128.0.0.0/1'),
      ),
      expect: [
        { status: 'pass', resource: GROUP.alb, key: 'alb-in-web' },
        { status: 'pass', resource: GROUP.alb, key: 'nothing-else' },
      ],
    },
    'a rule that leads nowhere, as CloudFormation has one where a group lets nothing out, is nothing else': {
      given: add(
        rule('sgr-1', GROUP.alb, 'ingress -1 any 127.0.0.1/32'),
        rule('sgr-2', GROUP.alb, 'ingress -1 any ::1/128'),
        rule('sgr-3', GROUP.alb, 'ingress icmp 252/86 255.255.255.255/32'),
      ),
      expect: [{ status: 'pass', resource: GROUP.alb, key: 'nothing-else' }],
    },
    'a protocol by its number is that protocol': {
      given: replace('sgr-0a2', rule('sgr-1', GROUP.alb, 'ingress 6 443 0.0.0.0/0')),
      expect: [{ status: 'pass', resource: GROUP.alb, key: 'alb-in-web' }],
    },
    'a prefix list that holds the internet is the internet': {
      given: facts => {
        replace('sgr-0a2', rule('sgr-1', GROUP.alb, 'ingress tcp 443 pl-1'))(facts);
        facts['ec2.prefixLists'].push(prefixList('pl-1', 'everybody', ['0.0.0.0/1', '128.0.0.0/1']));
      },
      expect: [
        { status: 'pass', resource: GROUP.alb, key: 'alb-in-web' },
        { status: 'pass', resource: GROUP.alb, key: 'nothing-else' },
      ],
    },
    'a prefix list that could not be read may be anything': {
      given: facts => {
        replace('sgr-0a2', rule('sgr-1', GROUP.alb, 'ingress tcp 443 pl-1'))(facts);
        facts['ec2.prefixLists'].push({
          ...prefixList('pl-1', 'everybody', ['0.0.0.0/0']),
          entries: { kind: 'unknown', reason: { kind: 'denied', call: 'ec2:GetManagedPrefixListEntries' } },
        });
      },
      expect: [
        { status: 'unknown', resource: GROUP.alb, key: 'alb-in-web' },
        { status: 'unknown', resource: GROUP.alb, key: 'sgr-1' },
      ],
    },
    'a group of the VPC is inside the internet': {
      given: add(rule('sgr-1', GROUP.alb, `ingress tcp 443 ${GROUP.backend}`)),
      expect: [{ status: 'pass', resource: GROUP.alb, key: 'nothing-else' }],
    },
    'one rule from 80 to 443 opens 362 ports more': {
      given: facts => {
        replace('sgr-0a1')(facts);
        replace('sgr-0a2', rule('sgr-1', GROUP.alb, 'ingress tcp 80-443 0.0.0.0/0'))(facts);
      },
      expect: [
        { status: 'pass', resource: GROUP.alb, key: 'alb-in-web' },
        {
          status: 'fail',
          resource: GROUP.alb,
          key: 'sgr-1',
          message: 'Rule sgr-1 allows tcp 81-442 from 0.0.0.0/0, which no row of the baseline does.',
          expected: 'tcp 80, 443 from 0.0.0.0/0',
          actual: 'tcp 80-443 from 0.0.0.0/0',
          blame: ['sgr-1'],
        },
      ],
    },
    'the IPv6 internet is not in the row': {
      given: add(rule('sgr-1', GROUP.alb, 'ingress tcp 443 ::/0')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.alb,
          key: 'sgr-1',
          message: 'Rule sgr-1 allows tcp 443 from ::/0, which no row of the baseline does.',
          witness: 'tcp 443 from 2001:db8::10',
        },
      ],
    },
    'a port that is missing': {
      given: replace('sgr-0a1'),
      expect: [
        {
          status: 'fail',
          resource: GROUP.alb,
          key: 'alb-in-web',
          message: 'Row alb-in-web is not in force: tcp 80 from 0.0.0.0/0 is not allowed.',
          actual: 'tcp 443 from 0.0.0.0/0',
          witness: 'tcp 80 from 203.0.113.10',
          blame: [],
        },
      ],
    },
    'another port in its place is one change, not two': {
      given: replace('sgr-0a1', rule('sgr-1', GROUP.alb, 'ingress tcp 8080 0.0.0.0/0')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.alb,
          key: 'alb-in-web',
          message: 'Row alb-in-web stands there in another form: rule sgr-1 has taken its place.',
          actual: 'tcp 8080 from 0.0.0.0/0',
          witness: 'tcp 8080 from 203.0.113.10',
          blame: ['sgr-1'],
        },
      ],
    },
    'the groups of one load balancer are united': {
      given: facts => {
        facts['ec2.securityGroups'].push(group('sg-0a1c', 'alb-https'));
        for (const balancer of facts['elbv2.loadBalancers']) balancer.securityGroups.push('sg-0a1c');
        replace('sgr-0a2', rule('sgr-1', 'sg-0a1c', 'ingress tcp 443 0.0.0.0/0'))(facts);
      },
      expect: [{ status: 'pass', resource: GROUP.alb, key: `alb-in-web ${GROUP.alb}+sg-0a1c` }],
    },
    'the groups of two load balancers are not': {
      given: facts => {
        facts['ec2.securityGroups'].push(group('sg-0a1c', 'alb-https'));
        const [balancer] = facts['elbv2.loadBalancers'];
        if (balancer !== undefined)
          facts['elbv2.loadBalancers'].push({
            ...balancer,
            arn: `${balancer.arn}2`,
            securityGroups: ['sg-0a1c'],
          });
        add(rule('sgr-1', 'sg-0a1c', 'ingress tcp 443 0.0.0.0/0'))(facts);
      },
      expect: [
        {
          status: 'fail',
          resource: 'sg-0a1c',
          key: 'alb-in-web',
          message: 'Row alb-in-web is not in force: tcp 80 from 0.0.0.0/0 is not allowed.',
        },
      ],
    },
    'without a load balancer there is nothing to compare': {
      given: facts => {
        facts['elbv2.loadBalancers'] = [];
      },
      expect: [
        {
          status: 'not-applicable',
          resource: 'vpc-0a',
          message: 'No security group is bound to alb: see security-group/component-binding.',
        },
      ],
    },
    'without a load balancer a tagged group is compared': {
      given: facts => {
        facts['elbv2.loadBalancers'] = [];
        facts['ec2.securityGroups'].push(group('sg-0a1c', 'web', { 'securecart:component': 'alb' }));
      },
      expect: [
        {
          status: 'fail',
          resource: 'sg-0a1c',
          key: 'alb-in-web',
          message: 'Row alb-in-web is not in force: tcp 80, 443 from 0.0.0.0/0 is not allowed.',
          actual: 'nothing',
        },
      ],
    },
  },
  { peerUnbound: albIngress.messages.peerUnbound },
);

testControl(
  backendIngress,
  {
    'a row whose peer is bound to nothing is not asked for': {
      given: facts => {
        facts['elbv2.loadBalancers'] = [];
        replace('sgr-0b1')(facts);
      },
      expect: [
        {
          status: 'not-applicable',
          resource: GROUP.backend,
          key: 'backend-in-alb',
          message: 'Row backend-in-alb is about a component to which no security group is bound.',
        },
      ],
    },
    'the addresses of the load balancer are not its group': {
      given: replace('sgr-0b1', rule('sgr-1', GROUP.backend, 'ingress tcp 8080 10.0.0.0/20')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'backend-in-alb',
          message: 'Row backend-in-alb stands there in another form: rule sgr-1 has taken its place.',
          expected: `tcp 8080 from ${GROUP.alb}`,
          actual: 'tcp 8080 from 10.0.0.0/20',
          blame: ['sgr-1'],
        },
      ],
    },
    'to name one group of the load balancer is to name it': {
      given: facts => {
        facts['ec2.securityGroups'].push(group('sg-0a1c', 'alb-https'));
        for (const balancer of facts['elbv2.loadBalancers']) balancer.securityGroups.push('sg-0a1c');
        replace('sgr-0b1', rule('sgr-1', GROUP.backend, 'ingress tcp 8080 sg-0a1c'))(facts);
      },
      expect: [
        { status: 'pass', resource: GROUP.backend, key: 'backend-in-alb' },
        { status: 'pass', resource: GROUP.backend, key: 'nothing-else' },
      ],
    },
    'a rule for a group that is gone allows nobody': {
      given: add({
        ...rule('sgr-1', GROUP.backend, 'ingress tcp 8080 sg-gone'),
        peer: { kind: 'security-group', id: 'sg-gone' },
      }),
      expect: [{ status: 'pass', resource: GROUP.backend, key: 'nothing-else' }],
    },
    'protocol -1 has no ports to look at': {
      given: replace('sgr-0b1', rule('sgr-1', GROUP.backend, `ingress -1 any ${GROUP.alb}`)),
      expect: [
        { status: 'pass', resource: GROUP.backend, key: 'backend-in-alb' },
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message: `Rule sgr-1 allows all traffic except tcp 8080 from ${GROUP.alb}, which no row of the baseline does.`,
        },
      ],
    },
    'an instance in the private tier is the backend too': {
      given: facts => {
        facts['ec2.securityGroups'].push(group('sg-0bad', 'worker'));
        facts['ec2.networkInterfaces'].push({
          ...networkInterface('eni-0b9', 'subnet-0b1', 'interface', '111122223333', 'sg-0bad'),
          instance: 'i-0b9',
        });
      },
      expect: [
        {
          status: 'fail',
          resource: 'sg-0bad',
          key: 'backend-in-alb',
          message: `Row backend-in-alb is not in force: tcp 8080 from ${GROUP.alb} is not allowed.`,
        },
      ],
    },
  },
  backendIngress.messages,
);

testControl(
  backendEgress,
  {
    "the prefix list of another Region's S3 is not this one's": {
      given: facts => {
        replace('sgr-0b3', rule('sgr-1', GROUP.backend, 'egress tcp 443 pl-1'))(facts);
        facts['ec2.prefixLists'].push(prefixList('pl-1', 'com.amazonaws.us-east-1.s3', ['54.231.0.0/16']));
      },
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'backend-out-s3',
          message: 'Row backend-out-s3 stands there in another form: rule sgr-1 has taken its place.',
          expected: 'tcp 443 to pl-0a3',
          actual: 'tcp 443 to pl-1',
        },
      ],
    },
    'the egress rule that EC2 gives every new group': {
      given: add(rule('sgr-1', GROUP.backend, 'egress -1 any 0.0.0.0/0')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message:
            'Rule sgr-1 allows all traffic except tcp 443 to 0.0.0.0/0; all traffic to 0.0.0.0-3.5.63.255; all traffic to 3.5.72.0-52.94.23.255; and 2 more, which no row of the baseline does.',
          blame: ['sgr-1'],
        },
      ],
    },
    'the row of a group is in force by a rule for the whole VPC, which is told by itself': {
      given: replace('sgr-0b2', rule('sgr-1', GROUP.backend, 'egress tcp 1-65535 10.0.0.0/8')),
      expect: [
        { status: 'pass', resource: GROUP.backend, key: 'backend-out-rds' },
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message: 'Rule sgr-1 allows tcp 1-65535 to 10.0.0.0/8, which no row of the baseline does.',
        },
      ],
    },
    "whether a CIDR holds S3's addresses nobody knows who could not read them": {
      given: facts => {
        replace('sgr-0b3', rule('sgr-1', GROUP.backend, 'egress tcp 400-500 3.0.0.0/8'))(facts);
        const denied = { kind: 'denied', call: 'ec2:GetManagedPrefixListEntries' } as const;
        facts['ec2.prefixLists'] = facts['ec2.prefixLists'].map(list =>
          list.id === 'pl-0a3' ? { ...list, entries: { kind: 'unknown', reason: denied } } : list,
        );
      },
      expect: [
        {
          status: 'unknown',
          resource: GROUP.backend,
          key: 'backend-out-s3',
          reason: { kind: 'denied', call: 'ec2:GetManagedPrefixListEntries' },
        },
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message: 'Rule sgr-1 allows tcp 400-500 to 3.0.0.0/8, which no row of the baseline does.',
        },
      ],
    },
    'but not by a rule for a part of the VPC': {
      given: replace('sgr-0b2', rule('sgr-1', GROUP.backend, 'egress tcp 1-65535 10.0.0.0/17')),
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'backend-out-rds',
          message: `Row backend-out-rds is not in force: tcp 5432 to ${GROUP.rds} is not allowed.`,
        },
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'sgr-1',
          message: 'Rule sgr-1 allows tcp 1-65535 to 10.0.0.0/17, which no row of the baseline does.',
        },
      ],
    },
    'no list of S3 where nothing names it': {
      given: facts => {
        replace('sgr-0b3')(facts);
        facts['ec2.prefixLists'] = facts['ec2.prefixLists'].filter(({ id }) => id !== 'pl-0a3');
      },
      expect: [
        {
          status: 'fail',
          resource: GROUP.backend,
          key: 'backend-out-s3',
          message: `Row backend-out-s3 is not in force: tcp 443 to com.amazonaws.${REGION}.s3 is not allowed.`,
        },
      ],
    },
  },
  backendEgress.messages,
);
