import { unknown } from '../../src/model/fact.ts';
import { type Facts, GROUP, prefixList, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import openPrefixLists from './open-prefix-lists.ts';

const offices =
  (...cidrs: string[]) =>
  (facts: Facts) => {
    facts['ec2.securityGroupRules'].push(rule('sgr-1', GROUP.backend, 'ingress tcp 8443 pl-1'));
    facts['ec2.prefixLists'].push(prefixList('pl-1', 'offices', cidrs));
  };

testControl(openPrefixLists, {
  'a list of offices': {
    given: offices('203.0.113.0/24', '198.51.100.7/32'),
    expect: [
      {
        status: 'pass',
        resource: 'pl-1',
        message: 'The addresses of the list are fewer than one registry’s block of the internet.',
      },
    ],
  },
  'the internet in two halves, where other tools do not open the list': {
    given: offices('0.0.0.0/1', '128.0.0.0/1'),
    expect: [
      {
        status: 'fail',
        resource: 'pl-1',
        message: 'The list holds the internet at large; rules that name it: 1.',
        actual: '0.0.0.0/1, 128.0.0.0/1',
        blame: ['sgr-1'],
      },
    ],
  },
  'every private network together is nobody on the internet': {
    given: offices('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'),
    expect: [{ status: 'pass', resource: 'pl-1' }],
  },
  'a list whose entries may not be read': {
    given: facts => {
      offices()(facts);
      const reason = { kind: 'denied', call: 'ec2:GetManagedPrefixListEntries' } as const;
      facts['ec2.prefixLists'].push({ ...prefixList('pl-2', 'partners', []), entries: unknown(reason) });
      facts['ec2.securityGroupRules'].push(rule('sgr-2', GROUP.backend, 'ingress tcp 8443 pl-2'));
    },
    expect: [{ status: 'unknown', resource: 'pl-2' }],
  },
});
