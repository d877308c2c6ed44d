import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IpFamily } from '../../src/model/packet.ts';
import { permittedPackets } from '../../src/network/network-acl.ts';
import { difference, isEmpty, type PacketSet } from '../../src/network/packet-set.ts';
import { type AllowRule, allowedPackets } from '../../src/network/security-group.ts';
import { witness } from '../../src/network/witness.ts';
import type { NetworkAclEntry } from '../../src/services/ec2/facts.ts';
import { cases } from './cases.ts';
import { type WideEntry, type WideRule, wideEntries, wideRulePairs, wideRules } from './wide-world.ts';
import { startZ3 } from './z3-world.ts';

let z3: Awaited<ReturnType<typeof startZ3>>;

beforeAll(async () => {
  z3 = await startZ3();
});
afterAll(() => z3.stop());

function allowed(rules: readonly WideRule[]): PacketSet {
  const written = rules.map(({ service: { protocol, from, to }, cidr }): AllowRule => {
    return { direction: 'ingress', protocol, from, to, peer: { kind: cidr.family, cidr: cidr.text } };
  });
  return allowedPackets(written, 'ingress', { prefixLists: new Map(), groups: new Map() });
}

function permitted(entries: readonly WideEntry[]): PacketSet {
  const written = entries.map(({ allow, rule: { service, cidr } }, index): NetworkAclEntry => {
    const { number, from, to } = service;
    const isIcmp = number === 1 || number === 58;
    const limits = isIcmp ? { icmp: { type: from, code: to } } : { ports: { from, to } };
    const action = allow ? 'allow' : 'deny';
    return { number: index + 1, egress: false, action, protocol: String(number), cidr: cidr.text, ...limits };
  });
  return permittedPackets(written.toReversed(), 'ingress');
}

test.each(IpFamily.options)('z3 finds no %s packet on which rules and their set differ', async family => {
  await fc.assert(
    fc.asyncProperty(wideRules(family), async rules => {
      expect(await z3.canDiffer(z3.allowedBy(rules), z3.isIn(allowed(rules), family))).toBe(false);
    }),
    cases(`z3 against ${family} rules`, { sampled: 60, deep: 5000 }),
  );
});

test.each(IpFamily.options)('two lists of %s rules differ exactly if z3 finds a packet', async family => {
  let different = 0;
  await fc.assert(
    fc.asyncProperty(wideRulePairs(family), async ([listA, listB]) => {
      const extra = difference(allowed(listA), allowed(listB));
      const isExtra = [z3.allowedBy(listA), z3.not(z3.allowedBy(listB))];
      const isThere = await z3.isPossible(...isExtra);
      expect(isEmpty(extra)).toBe(!isThere);
      const found = witness(extra, 'ingress');
      if (found !== undefined) expect(await z3.isPossible(z3.isPacket(found), ...isExtra)).toBe(true);
      if (isThere) different += 1;
    }),
    cases(`z3 against pairs of lists of ${family} rules`, { sampled: 60, deep: 5000 }),
  );
  console.log(`of these, ${different} differed`);
});

test.each(IpFamily.options)(
  'z3 finds no %s packet on which a network ACL and its set differ',
  async family => {
    await fc.assert(
      fc.asyncProperty(wideEntries(family), async entries => {
        expect(await z3.canDiffer(z3.permittedBy(entries), z3.isIn(permitted(entries), family))).toBe(false);
      }),
      cases(`z3 against ${family} network ACLs`, { sampled: 60, deep: 5000 }),
    );
  },
);
