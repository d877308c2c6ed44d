import { GROUP, group } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import { elsewhere } from '../../test/catalogue/placed-database.ts';
import securityGroups from './security-groups.ts';

testControl(securityGroups, {
  'the group of the component': {
    expect: [{ status: 'pass', resource: 'shop', message: `It carries ${GROUP.rds}, of the component rds.` }],
  },
  'the default group beside it, which a check for the right group does not see': {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) instance.securityGroups = [GROUP.rds, GROUP.default];
    },
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: `It carries ${GROUP.default}, the default group of the VPC.`,
      },
    ],
  },
  'a group that is not the one of the tag': {
    given: facts => {
      facts['ec2.securityGroups'].push(group('sg-1', 'db', { 'securecart:component': 'rds' }));
      for (const instance of facts['rds.dbInstances']) instance.securityGroups = ['sg-1', GROUP.rds];
    },
    expect: [
      {
        status: 'fail',
        resource: 'shop',
        message: `It carries ${GROUP.rds}, which is not of the component rds.`,
        expected: 'sg-1',
        actual: `sg-1, ${GROUP.rds}`,
      },
    ],
  },
  'a group called default that is not carried': {
    given: facts => {
      facts['ec2.securityGroups'].push(group('sg-1', 'default'));
    },
    expect: [{ status: 'pass', resource: 'shop' }],
  },
  ...elsewhere,
  'groups that cannot be listed': {
    denied: ['ec2.securityGroups'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
});
