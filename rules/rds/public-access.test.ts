import { testControl } from '../../test/catalogue/control-test.ts';
import publicAccess from './public-access.ts';

const message = 'It is publicly accessible: its name leads to a public address from outside the VPC.';

testControl(publicAccess, {
  'a private one': {
    expect: [{ status: 'pass', resource: 'shop', message: 'Its name leads to a private address alone.' }],
  },
  'a public one, though no security group lets anybody in': {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) instance.publiclyAccessible = true;
      facts['ec2.securityGroupRules'] = [];
    },
    expect: [{ status: 'fail', resource: 'shop', message }],
  },
  'a public one of Aurora in another VPC': {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) {
        instance.publiclyAccessible = true;
        instance.engine = 'aurora-postgresql';
        instance.vpc = 'vpc-0b';
      }
    },
    expect: [{ status: 'fail', resource: 'shop', message }],
  },
  'another engine is told of, and not judged': {
    given: facts => {
      for (const instance of facts['rds.dbInstances']) instance.engine = 'mysql';
    },
    expect: [
      {
        status: 'not-applicable',
        resource: 'shop',
        message: 'The engine is mysql, and the baseline places only databases for postgres.',
      },
    ],
  },
  'instances that cannot be listed are not none': {
    denied: ['rds.dbInstances'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
});
