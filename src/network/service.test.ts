import { expect, test } from 'vitest';
import { serviceAt, servicePoint, servicesOfEntry, servicesOfRule } from './service.ts';
import { describeServices } from './service-words.ts';

/** What tests compare with: a rule in the words of the field, [protocol, from, to], an absent bound as undefined. */
type Form = [protocol: string, from: number | undefined, to: number | undefined];

const servicesOf = ([protocol, from, to]: Form) => servicesOfRule({ protocol, from, to });

test.each<[form: Form, words: string]>([
  [['tcp', 80, 80], 'tcp 80'],
  [['6', 80, 80], 'tcp 80'],
  [['tcp', 1024, 65535], 'tcp 1024-65535'],
  [['tcp', 0, 65535], 'all tcp'],
  [['tcp', undefined, undefined], 'all tcp'],
  [['tcp', -1, -1], 'all tcp'],
  [['tcp', 0, 0], 'tcp 0'],
  [['udp', 53, 53], 'udp 53'],
  [['17', 53, 53], 'udp 53'],
  [['icmp', 8, 0], 'icmp type 8 code 0'],
  [['1', 8, 0], 'icmp type 8 code 0'],
  [['icmp', 8, -1], 'icmp type 8'],
  [['icmp', 3, 4], 'icmp type 3 code 4'],
  [['icmp', 8, undefined], 'icmp type 8'],
  [['icmp', 255, 255], 'icmp type 255 code 255'],
  [['icmp', -1, -1], 'all icmp'],
  [['icmp', undefined, undefined], 'all icmp'],
  [['icmpv6', undefined, undefined], 'all icmpv6'],
  [['icmpv6', 128, 0], 'icmpv6 type 128 code 0'],
  [['58', 128, -1], 'icmpv6 type 128'],
  [['47', undefined, undefined], 'protocol 47'],
  [['47', 80, 443], 'protocol 47'],
  [['50', 70000, 3], 'protocol 50'],
  [['0', undefined, undefined], 'protocol 0'],
  [['255', undefined, undefined], 'protocol 255'],
  [['-1', undefined, undefined], 'all traffic'],
  [['-1', -1, -1], 'all traffic'],
  [['-1', 80, 443], 'all traffic'],
])('a rule of %j is %s', (form, words) => {
  expect(describeServices([servicesOf(form)])).toEqual([words]);
});

test.each<[form: Form, message: RegExp]>([
  [['gre', undefined, undefined], /'gre' is not a protocol/],
  [['TCP', 80, 80], /'TCP' is not a protocol/],
  [['256', undefined, undefined], /'256' is not a protocol/],
  [['06', 80, 80], /'06' is not a protocol/],
  [['', 80, 80], /'' is not a protocol/],
  [['tcp', 80, 65536], /80-65536 is not a range/],
  [['tcp', 443, 80], /443-80 is not a range/],
  [['tcp', -2, 80], /-2-80 is not a range/],
  [['icmp', 256, -1], /not a range/],
  [['icmp', 8, 256], /256 is not an ICMP code/],
])('a rule of %j cannot be one', (form, message) => {
  expect(() => servicesOf(form)).toThrow(message);
});

const entry = { number: 100, egress: false, action: 'allow', cidr: '0.0.0.0/0' } as const;

test.each([
  [{ protocol: '6', ports: { from: 22, to: 22 } }, 'ipv4', 'tcp 22'],
  [{ protocol: '17', ports: { from: 0, to: 65535 } }, 'ipv4', 'all udp'],
  [{ protocol: '-1', ports: { from: 22, to: 22 } }, 'ipv4', 'all traffic'],
  [{ protocol: '47', ports: { from: 22, to: 22 } }, 'ipv4', 'protocol 47'],
  [{ protocol: '1', icmp: { type: 8, code: -1 } }, 'ipv4', 'icmp type 8'],
  [{ protocol: '1', icmp: { type: -1, code: -1 } }, 'ipv4', 'all icmp'],
  [{ protocol: '1', icmp: { type: 3, code: 4 }, ports: { from: 22, to: 22 } }, 'ipv4', 'icmp type 3 code 4'],
  [{ protocol: '58', icmp: { type: 128, code: 0 } }, 'ipv6', 'icmpv6 type 128 code 0'],
  [{ protocol: '58', icmp: { type: 128, code: 0 } }, 'ipv4', 'all icmpv6'],
] as const)('an entry of %j for %s is %s', (form, family, words) => {
  expect(describeServices([servicesOfEntry({ ...entry, ...form }, family)])).toEqual([words]);
});

test.each<[forms: Form[], words: string[]]>([
  [
    [
      ['tcp', 80, 80],
      ['tcp', 443, 443],
    ],
    ['tcp 80, 443'],
  ],
  [
    [
      ['icmp', 3, 1],
      ['icmp', 8, -1],
      ['tcp', 22, 22],
    ],
    ['icmp type 3 code 1, type 8', 'tcp 22'],
  ],
  [
    [
      ['icmp', 4, -1],
      ['icmp', 5, 0],
    ],
    ['icmp type 4, type 5 code 0'],
  ],
  [
    [
      ['47', undefined, undefined],
      ['50', undefined, undefined],
      ['51', undefined, undefined],
    ],
    ['protocol 47', 'protocols 50-51'],
  ],
  [
    [
      ['tcp', 65535, 65535],
      ['7', undefined, undefined],
    ],
    ['tcp 65535', 'protocol 7'],
  ],
])('%j together are %j', (forms, words) => {
  expect(describeServices(forms.map(servicesOf))).toEqual(words);
});

test('most services are told by what they lack', () => {
  const { start, end } = servicesOf(['tcp', 22, 22]);
  const all = servicesOf(['-1', -1, -1]);
  const rest = [
    { ...all, end: start },
    { ...all, start: end },
  ];
  expect(describeServices(rest)).toEqual(['all traffic except tcp 22']);
});

test.each([
  { protocol: 'tcp', port: 443 },
  { protocol: 'udp', port: 65535 },
  { protocol: 'icmp', icmp: { type: 3, code: 4 } },
  { protocol: 'icmpv6', icmp: { type: 255, code: 255 } },
  { protocol: '47' },
])('the service at the point of %j is the same', service => {
  const { start } = servicesOf([
    service.protocol,
    service.icmp?.type ?? service.port,
    service.icmp?.code ?? service.port,
  ]);
  expect(serviceAt(start)).toEqual(service);
  expect(servicePoint(serviceAt(start))).toBe(start);
});
