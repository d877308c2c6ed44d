import { type Facts, GROUP, prefixList, rule } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import remoteAdministration from './remote-administration.ts';

const rules =
  (...words: string[]) =>
  (facts: Facts) =>
    facts['ec2.securityGroupRules'].push(
      ...words.map((text, index) => rule(`sgr-${index}`, GROUP.backend, text)),
    );

const open = (service: string, port: number) => ({
  status: 'fail' as const,
  resource: GROUP.backend,
  key: `${port}`,
  message: `${service} (tcp ${port}) is open to the internet at large.`,
});

const closed = {
  status: 'pass' as const,
  resource: GROUP.backend,
  message: 'Neither SSH nor RDP is open to anywhere on the internet.',
};

testControl(remoteAdministration, {
  'nothing listens to the internet but the load balancer': { expect: [closed] },
  'SSH from anywhere': {
    given: rules('ingress tcp 22 0.0.0.0/0'),
    expect: [{ ...open('SSH', 22), actual: 'tcp 22 from 0.0.0.0/0', blame: ['sgr-0'] }],
  },
  'the internet in two halves, where other tools look for 0.0.0.0/0': {
    given: rules('ingress tcp 22 0.0.0.0/1', 'ingress tcp 22 128.0.0.0/1'),
    expect: [{ ...open('SSH', 22), blame: ['sgr-0', 'sgr-1'] }],
  },
  'one half of the internet is anywhere too': {
    given: rules('ingress tcp 3389 128.0.0.0/1'),
    expect: [open('RDP', 3389)],
  },
  'the IPv6 internet in two halves': {
    given: rules('ingress tcp 22 ::/1', 'ingress tcp 22 8000::/1'),
    expect: [open('SSH', 22)],
  },
  'a range that holds the port, a protocol by its number, and all protocols': {
    given: rules('ingress 6 20-30 0.0.0.0/0', 'ingress -1 any ::/0'),
    expect: [open('SSH', 22), open('RDP', 3389)],
  },
  'a prefix list that holds the internet': {
    given: facts => {
      rules('ingress tcp 22 pl-1')(facts);
      facts['ec2.prefixLists'].push(prefixList('pl-1', 'offices', ['0.0.0.0/1', '128.0.0.0/1']));
    },
    expect: [open('SSH', 22)],
  },
  'a prefix list that cannot be read': {
    given: rules('ingress tcp 22 pl-1'),
    denied: ['ec2.prefixLists'],
    expect: [{ status: 'unknown', resource: GROUP.backend, key: '22' }],
  },
  "an office, and a content network's ranges, are not anywhere": {
    given: rules(
      'ingress tcp 22 198.51.100.7/32',
      'ingress tcp 22 104.16.0.0/13',
      'ingress tcp 22 172.64.0.0/13',
      'ingress tcp 22 2400:cb00::/32',
    ),
    expect: [closed],
  },
  'a /8 is what one owner may have, and one address more is not': {
    given: rules(
      'ingress tcp 22 17.0.0.0/8',
      'ingress tcp 3389 17.0.0.0/8',
      'ingress tcp 3389 198.51.100.7/32',
    ),
    expect: [open('RDP', 3389)],
  },
  'all private addresses are not the internet': {
    given: rules(
      'ingress tcp 22 10.0.0.0/8',
      'ingress tcp 22 172.16.0.0/12',
      'ingress tcp 22 192.168.0.0/16',
      'ingress tcp 22 fc00::/7',
    ),
    expect: [closed],
  },
  'udp 22 is not SSH, icmp type 22 is not a port, and what leaves does not come in': {
    given: rules('ingress udp 22 0.0.0.0/0', 'ingress icmp 22/0 0.0.0.0/0', 'egress tcp 22 0.0.0.0/0'),
    expect: [closed],
  },
});
