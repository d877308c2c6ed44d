import { type Facts, networkAcl } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import association from './association.ts';

/** Gives a subnet another network ACL. */
const move = (subnet: string, acl: string) => (facts: Facts) => {
  for (const one of facts['ec2.networkAcls']) {
    one.associations = one.associations.filter(association => association.subnet !== subnet);
    if (one.id === acl) one.associations.push({ id: `aclassoc-${subnet}`, subnet });
  }
};

testControl(association, {
  'each tier has its own': {
    expect: [
      {
        status: 'pass',
        resource: 'subnet-0a1',
        message: 'The subnet has the network ACL acl-0a of the tier public.',
      },
      {
        status: 'pass',
        resource: 'subnet-0d2',
        message: 'The subnet has the network ACL acl-0d of the tier database.',
      },
    ],
  },
  'the default one, by name': {
    given: move('subnet-0b2', 'acl-0f'),
    expect: [
      {
        status: 'fail',
        resource: 'subnet-0b2',
        message: "The subnet has the VPC's default network ACL acl-0f.",
      },
    ],
  },
  'the default one, since it names no other': {
    given: move('subnet-0b2', 'none'),
    expect: [
      {
        status: 'fail',
        resource: 'subnet-0b2',
        message: "The subnet has the VPC's default network ACL acl-0f.",
      },
    ],
  },
  'one database subnet that strayed to the list of the private tier is one fault': {
    given: move('subnet-0d2', 'acl-0b'),
    expect: [
      { status: 'pass', resource: 'subnet-0b1' },
      { status: 'pass', resource: 'subnet-0d1' },
      {
        status: 'fail',
        resource: 'subnet-0d2',
        message: 'The subnet has the network ACL acl-0b of the tier private.',
      },
    ],
  },
  'one tier with two lists': {
    given: facts => {
      facts['ec2.networkAcls'].push(networkAcl('acl-1', ['none'], []));
      move('subnet-0a2', 'acl-1')(facts);
    },
    expect: [
      {
        status: 'fail',
        resource: 'subnet-0a2',
        message: 'The subnet has the network ACL acl-1, but acl-0a is the one of the tier public.',
      },
    ],
  },
});
