import { addEntries, changes, replaceEntry } from '../../test/builders/change.ts';
import { networkAcl } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import remoteAdministration from './remote-administration.ts';

const UNUSED = {
  status: 'not-applicable' as const,
  resource: 'acl-0f',
  message: 'No subnet has this network ACL, so it decides nothing.',
};

const open = (service: string, port: number) => ({
  status: 'fail' as const,
  resource: 'acl-0a',
  key: `${port}`,
  message: `${service} (tcp ${port}) is open to the internet at large.`,
});

testControl(remoteAdministration, {
  "the rows of the baseline, which let replies in on RDP's port": {
    expect: [
      {
        status: 'pass',
        resource: 'acl-0b',
        message: 'Neither SSH nor RDP is open to anywhere on the internet beyond the rows of the baseline.',
      },
      UNUSED,
    ],
  },
  'the internet in two halves, where other tools look for 0.0.0.0/0': {
    given: addEntries('acl-0a', 'inbound 50 allow tcp 22 0.0.0.0/1', 'inbound 51 allow tcp 22 128.0.0.0/1'),
    expect: [{ ...open('SSH', 22), blame: ['acl-0a inbound 50', 'acl-0a inbound 51'] }, UNUSED],
  },
  'an allow of everything that two halves deny before it, which other tools call open': {
    given: changes(
      replaceEntry('acl-0a', 'inbound 110'),
      addEntries(
        'acl-0a',
        'inbound 111 deny all 0.0.0.0/1',
        'inbound 112 deny all 128.0.0.0/1',
        'inbound 113 allow all 0.0.0.0/0',
      ),
    ),
    expect: [{ status: 'pass', resource: 'acl-0a' }, UNUSED],
  },
  'a deny of IPv4 denies no IPv6': {
    given: addEntries('acl-0a', 'inbound 300 allow all ::/0'),
    expect: [open('SSH', 22), open('RDP', 3389), UNUSED],
  },
  'a subnet in no tier has no rows that would excuse it': {
    given: facts =>
      facts['ec2.networkAcls'].push(networkAcl('acl-1', ['subnet-1'], ['inbound 1 allow all 0.0.0.0/0'])),
    expect: [
      UNUSED,
      { ...open('SSH', 22), resource: 'acl-1', actual: 'allow all traffic from 0.0.0.0/0' },
      { ...open('RDP', 3389), resource: 'acl-1' },
    ],
  },
});
