import { GROUP, group, VPC } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import componentBinding from './component-binding.ts';

const WORKER = 'sg-0bad';

testControl(componentBinding, {
  'components are found by what carries their groups': {
    expect: [
      {
        status: 'pass',
        resource: VPC,
        key: 'alb',
        message: `The component alb is ${GROUP.alb}, by what carries them.`,
      },
      { status: 'pass', resource: VPC, key: 'backend' },
      { status: 'pass', resource: VPC, key: 'endpoints' },
      { status: 'pass', resource: VPC, key: 'lambda' },
      { status: 'pass', resource: VPC, key: 'rds' },
    ],
  },
  'a tag is enough where nothing carries the group yet': {
    given: facts => {
      facts['ecs.services'] = [];
      for (const group of facts['ec2.securityGroups']) {
        if (group.id === GROUP.backend) group.tags = { 'securecart:component': 'backend' };
      }
    },
    expect: [
      {
        status: 'pass',
        resource: VPC,
        key: 'backend',
        message: `The component backend is ${GROUP.backend}, by their tag.`,
      },
    ],
  },
  'a component of which there is nothing': {
    given: facts => {
      facts['lambda.functions'] = [];
    },
    expect: [
      {
        status: 'fail',
        resource: VPC,
        key: 'lambda',
        message:
          'Nothing in the VPC carries a security group of the component lambda, and none is tagged for it.',
      },
    ],
  },
  'an id of the baseline that the VPC does not have': {
    baseline: baseline => ({
      ...baseline,
      components: {
        ...baseline.components,
        rds: { ...baseline.components.rds, securityGroups: [GROUP.rds, 'sg-0404'] },
      },
    }),
    expect: [
      {
        status: 'fail',
        resource: 'sg-0404',
        key: 'rds gone',
        message: 'The baseline gives this group to the component rds, but the VPC has no such group.',
      },
    ],
  },
  'functions that use the group of the backend': {
    given: facts => {
      for (const { vpc } of facts['lambda.functions'])
        if (vpc !== undefined) vpc.securityGroups = [GROUP.backend];
    },
    expect: [
      {
        status: 'fail',
        resource: GROUP.backend,
        key: 'backend lambda',
        message: 'The components backend and lambda share this group.',
      },
    ],
  },
  'a database that carries more than the group that is tagged': {
    given: facts => {
      for (const group of facts['ec2.securityGroups']) {
        if (group.id === GROUP.rds) group.tags = { 'securecart:component': 'rds' };
      }
      facts['ec2.securityGroups'].push(group(WORKER, 'worker'));
      for (const { securityGroups } of facts['rds.dbInstances']) securityGroups.push(WORKER);
    },
    expect: [
      {
        status: 'fail',
        resource: WORKER,
        key: 'rds stray',
        message:
          'The component rds is not bound to this group, but arn:aws:rds:eu-west-1:111122223333:db:shop carries it: what it allows is not compared.',
      },
    ],
  },
  'a load balancer list that cannot be read leaves the other components known': {
    denied: ['elbv2.loadBalancers'],
    expect: [{ status: 'unknown', resource: VPC, key: 'alb' }],
  },
});
