import { GROUP, OWNER, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import staleReferences from './stale-references.ts';

testControl(staleReferences, {
  'every group that is named is there': {
    expect: [
      { status: 'pass', resource: GROUP.alb, message: 'Every security group that its rules name is there.' },
    ],
  },
  'a group without an owner is deleted, and a peering that is not active leads nowhere': {
    given: facts =>
      facts['ec2.securityGroupRules'].push(
        {
          ...rule('sgr-1', GROUP.rds, 'ingress tcp 5432 sg-1'),
          peer: { kind: 'security-group', id: 'sg-1' },
        },
        {
          ...rule('sgr-2', GROUP.rds, 'ingress tcp 5432 sg-2'),
          peer: { kind: 'security-group', id: 'sg-2', owner: OWNER, peeringStatus: 'deleted' },
        },
      ),
    expect: [
      {
        status: 'fail',
        resource: GROUP.rds,
        key: 'sgr-1',
        message: 'Rule sgr-1 names sg-1, which is deleted or behind a peering that is not active.',
        blame: ['sgr-1'],
      },
      {
        status: 'fail',
        resource: GROUP.rds,
        key: 'sgr-2',
        message: 'Rule sgr-2 names sg-2, which is deleted or behind a peering that is not active.',
      },
    ],
  },
  'a group of another account over an active peering is there': {
    given: facts =>
      facts['ec2.securityGroupRules'].push({
        ...rule('sgr-1', GROUP.rds, 'ingress tcp 5432 sg-1'),
        peer: { kind: 'security-group', id: 'sg-1', owner: '444455556666', peeringStatus: 'active' },
      }),
    expect: [{ status: 'pass', resource: GROUP.rds }],
  },
});
