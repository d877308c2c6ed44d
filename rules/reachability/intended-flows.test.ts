import {
  addRules,
  changeInterfaces,
  changes,
  replaceEntry,
  replaceRule,
} from '../../test/builders/change.ts';
import { GROUP, group, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import intendedFlows from './intended-flows.ts';

const pass = (key: string) => ({ status: 'pass' as const, resource: VPC, key });
const stopped = (key: string, client: string, services: string, server: string) => ({
  status: 'fail' as const,
  resource: VPC,
  key,
  message: `Not every packet from ${client} for ${services} reaches ${server}, or not every answer comes back.`,
});
const customers = stopped('customer-to-alb', 'the internet', 'tcp 80, 443', 'alb');

testControl(intendedFlows, {
  'the shop': {
    expect: [
      pass('alb-to-backend'),
      pass('backend-to-aws'),
      pass('backend-to-dynamodb'),
      {
        ...pass('backend-to-rds'),
        message: 'Packets from backend reach rds for tcp 5432, and every answer comes back.',
      },
      pass('backend-to-s3'),
      pass('customer-to-alb'),
      pass('lambda-to-aws'),
    ],
  },
  'whoever names addresses and not the group lets in the same': {
    given: replaceRule('sgr-0d1', GROUP.rds, 'ingress tcp 5432 10.0.16.0/23'),
    expect: [pass('backend-to-rds')],
  },
  'one of two subnets is not let in': {
    given: replaceRule('sgr-0d1', GROUP.rds, 'ingress tcp 5432 10.0.16.0/24'),
    expect: [
      {
        ...stopped('backend-to-rds', 'backend', 'tcp 5432', 'rds'),
        actual: `stopped: request at ${GROUP.rds} ingress`,
        connection: '10.0.17.4 > 10.0.32.10 tcp 5432',
        blame: [],
      },
    ],
  },
  'a group beside the closed one lets it through': {
    given: changes(
      replaceRule('sgr-0d1', GROUP.rds),
      addRules('sg-1', 'ingress tcp 5432 10.0.16.0/20'),
      facts => {
        facts['ec2.securityGroups'].push(group('sg-1', 'from the private tier'));
        changeInterfaces(GROUP.rds, one => one.securityGroups.push('sg-1'))(facts);
        for (const { securityGroups } of facts['rds.dbInstances']) securityGroups.push('sg-1');
      },
    ),
    expect: [pass('backend-to-rds')],
  },
  'the reply is dropped, by every list that is named': {
    given: changes(
      replaceEntry('acl-0a', 'inbound 105'),
      replaceEntry('acl-0b', 'outbound 240', 'outbound 240 allow tcp 32768-65535 10.0.0.0/20'),
    ),
    expect: [
      {
        ...stopped('alb-to-backend', 'alb', 'tcp 8080', 'backend'),
        actual: 'stopped: reply at acl-0b outbound; reply at acl-0a inbound',
        blame: ['acl-0b outbound 32767', 'acl-0a inbound 110'],
      },
    ],
  },
  'a deny shadows the allow for customers': {
    given: replaceEntry('acl-0a', 'inbound 110', 'inbound 90 deny all 0.0.0.0/0'),
    expect: [
      stopped('alb-to-backend', 'alb', 'tcp 8080', 'backend'),
      { ...customers, connection: '203.0.113.10 > 10.0.0.10 tcp 80', blame: ['acl-0a inbound 90'] },
    ],
  },
  'the load balancer is internal': {
    given: facts => {
      for (const balancer of facts['elbv2.loadBalancers']) balancer.scheme = 'internal';
    },
    expect: [
      {
        status: 'fail',
        resource: VPC,
        key: 'customer-to-alb route',
        message: 'No route leads from the internet to alb.',
      },
    ],
  },
  'the gateway endpoint of S3 serves another table': {
    given: facts => {
      for (const endpoint of facts['ec2.vpcEndpoints'])
        if (endpoint.service.endsWith('.s3')) endpoint.routeTables = ['rtb-0d'];
    },
    expect: [
      {
        status: 'fail',
        resource: VPC,
        key: 'backend-to-s3 route',
        message: 'No route leads from backend to s3.',
      },
    ],
  },
  'no functions': {
    given: facts => {
      facts['lambda.functions'] = [];
      facts['ec2.networkInterfaces'] = [];
    },
    expect: [
      {
        status: 'not-applicable',
        resource: VPC,
        key: 'lambda-to-aws',
        message: 'Nothing of lambda stands in the VPC.',
      },
    ],
  },
  'network ACLs that cannot be read hide no group that is closed for certain': {
    given: replaceRule('sgr-0d1', GROUP.rds),
    denied: ['ec2.networkAcls'],
    expect: [
      { status: 'unknown', resource: VPC, key: 'alb-to-backend' },
      { status: 'unknown', resource: VPC, key: 'backend-to-aws' },
      { status: 'unknown', resource: VPC, key: 'backend-to-dynamodb' },
      stopped('backend-to-rds', 'backend', 'tcp 5432', 'rds'),
      { status: 'unknown', resource: VPC, key: 'backend-to-s3' },
      { status: 'unknown', resource: VPC, key: 'customer-to-alb' },
      { status: 'unknown', resource: VPC, key: 'lambda-to-aws' },
    ],
  },
});
