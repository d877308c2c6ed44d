import { testControl } from '../../test/catalogue/control-test.ts';
import { ofAnotherEngine } from '../../test/catalogue/placed-database.ts';
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
  ...ofAnotherEngine,
  'instances that cannot be listed are not none': {
    denied: ['rds.dbInstances'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
});
