import { expect, test } from 'vitest';
import { cidrsOf, describePeers, hostBlock, parseCidr, peerAt, peerPoint, symbol } from './address.ts';

test.each([
  ['10.0.0.0/8', 'ipv4', '10.0.0.0/8', false],
  ['0.0.0.0/0', 'ipv4', '0.0.0.0/0', false],
  ['255.255.255.255/32', 'ipv4', '255.255.255.255/32', false],
  ['100.68.0.18/18', 'ipv4', '100.68.0.0/18', true],
  ['::/0', 'ipv6', '::/0', false],
  ['2001:DB8:0:0:0:0:0:0/32', 'ipv6', '2001:db8::/32', false],
  ['2001:db8:0:0:1:0:0:1/128', 'ipv6', '2001:db8::1:0:0:1/128', false],
  ['2001:db8::1/64', 'ipv6', '2001:db8::/64', true],
  ['::ffff:1.2.3.4/128', 'ipv6', '::ffff:102:304/128', false],
  ['::1.2.3.4/128', 'ipv6', '::102:304/128', false],
])('%s is a block of %s, canonically %s', (text, family, cidr, hostBits) => {
  expect(parseCidr(text)).toMatchObject({ family, cidr, hostBits });
});

test.each([
  '10.0.0.0',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/08',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '010.0.0.0/8',
  '10.0.0/8',
  '0x0a.0.0.0/8',
  ' 10.0.0.0/8',
  '256.0.0.0/8',
  '::',
  '::/129',
  '::1/064',
  '1::2::3/64',
  'fe80::1%eth0/64',
  '[::1]/128',
  '02001:db8::/32',
  'sg-0123456789abcdef0',
  '',
])("'%s' is not a CIDR", text => {
  expect(parseCidr(text)).toBeUndefined();
});

test('an address that is none is refused with its text', () => {
  expect(() => hostBlock('10.0.0.256')).toThrow(/'10\.0\.0\.256\/32' is not a CIDR/);
});

test.each([
  ['ipv4', '10.0.0.0', '10.0.0.255', ['10.0.0.0/24']],
  ['ipv4', '10.0.0.1', '10.0.0.6', ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/31', '10.0.0.6/32']],
  ['ipv4', '0.0.0.0', '255.255.255.255', ['0.0.0.0/0']],
  ['ipv4', '255.255.255.254', '255.255.255.255', ['255.255.255.254/31']],
  ['ipv6', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['::/0']],
  ['ipv6', '::1', '::4', ['::1/128', '::2/127', '::4/128']],
] as const)('%s from %s to %s is made of %j', (family, first, last, cidrs) => {
  const addresses = { start: peerPoint(first), end: peerPoint(last) + 1n, value: true };
  expect(cidrsOf(addresses, family)).toEqual(cidrs);
  expect(describePeers(addresses, family)).toBe(cidrs.length === 1 ? cidrs[0] : `${first}-${last}`);
});

test.each(['sg-0123456789abcdef0', 'pl-63a5400a', '123456789012/sg-1', 'component:rds', 'é', '\u0000a', ''])(
  "the symbol of '%s' is one point that is no address and names it",
  id => {
    const { start, end } = symbol(id);
    expect(end - start).toBe(1n);
    expect(start).toBeGreaterThanOrEqual(2n ** 128n);
    expect(peerAt(start, 'ipv4')).toBe(id);
    expect(describePeers(symbol(id), 'ipv6')).toBe(id);
  },
);

test('symbols of ids that differ in their last digit do not touch', () => {
  expect(symbol('sg-2').start).toBeGreaterThan(symbol('sg-1').end);
});
