/** Rule lists and packet sets as formulas for z3, each made straight from what it is: nothing of the engine is called here. */
import fc from 'fast-check';
import { type BitVec, type Bool, type Context, init, killThreads } from 'z3-solver';
import type { IpFamily, Packet } from '../../src/model/packet.ts';
import type { PacketSet } from '../../src/network/packet-set.ts';
import { addressNumber, BITS, PROTOCOL_NUMBERS, type WideEntry, type WideRule } from './wide-world.ts';

type Formula = Bool;
type Variable = BitVec;

/** Starts z3, which takes a second; `stop` ends its threads, without which the process would not exit. */
export async function startZ3() {
  const z3 = await init();
  return { ...formulas(z3.Context('main')), stop: () => killThreads(z3.em) };
}

function formulas(z: Context) {
  const protocol = z.BitVec.const('protocol', 8);
  const port = z.BitVec.const('port', 16);
  const type = z.BitVec.const('type', 8);
  const code = z.BitVec.const('code', 8);
  const addresses = { ipv4: z.BitVec.const('ipv4', 32), ipv6: z.BitVec.const('ipv6', 128) };

  const all = (...parts: Formula[]) => z.And(z.Bool.val(true), ...parts);
  const any = (...parts: Formula[]) => z.Or(z.Bool.val(false), ...parts);
  const is = (variable: Variable, value: number | bigint) =>
    z.Eq(variable, z.BitVec.val(value, variable.size()));
  const within = (variable: Variable, first: number | bigint, last: number | bigint) =>
    z.And(
      z.UGE(variable, z.BitVec.val(first, variable.size())),
      z.ULE(variable, z.BitVec.val(last, variable.size())),
    );

  function ruleMatches({
    service: { number, from, to },
    cidr: { family, network, length },
  }: WideRule): Formula {
    const parts: Formula[] = [];
    if (number !== -1) parts.push(is(protocol, number));
    if ((number === 6 || number === 17) && from !== -1) parts.push(within(port, from, to));
    if ((number === 1 || number === 58) && from !== -1) parts.push(is(type, from));
    if ((number === 1 || number === 58) && to !== -1) parts.push(is(code, to));
    if (length > 0) {
      const bits = BITS[family];
      parts.push(is(z.Extract(bits - 1, bits - length, addresses[family]), network >> BigInt(bits - length)));
    }
    return all(...parts);
  }

  /** That any rule matches. */
  const allowedBy = (rules: readonly WideRule[]): Formula => any(...rules.map(ruleMatches));

  /** That the first entry to match, in the order given, allows. */
  const permittedBy = (entries: readonly WideEntry[]): Formula =>
    entries.reduceRight<Formula>(
      (others, { allow, rule }) => z.If(ruleMatches(rule), z.Bool.val(allow), others),
      z.Bool.val(false),
    );

  /** That a set's rectangles hold the packet. */
  function isIn(set: PacketSet, family: IpFamily): Formula {
    const isIcmp = any(is(protocol, 1), is(protocol, 58));
    const point = z.Concat(protocol, z.If(isIcmp, z.Concat(type, code), port));
    return any(
      ...set[family].map(({ start, end, value }) =>
        z.And(
          within(point, start, end - 1),
          any(...value.map(peers => within(addresses[family], peers.start, peers.end - 1n))),
        ),
      ),
    );
  }

  /** That the packet is this one. */
  function isPacket(packet: Packet): Formula {
    const parts = [is(addresses[packet.family], addressNumber(packet.peer, packet.family))];
    parts.push(is(protocol, PROTOCOL_NUMBERS[packet.protocol] ?? Number(packet.protocol)));
    if (packet.port !== undefined) parts.push(is(port, packet.port));
    if (packet.icmp !== undefined) parts.push(is(type, packet.icmp.type), is(code, packet.icmp.code));
    return all(...parts);
  }

  /**
   * Whether there is a packet of which all formulas are true. A question over which z3 would take seconds, and in the end
   * all of its memory, is none that the law is tried by: another takes its place.
   */
  async function isPossible(...claims: Formula[]): Promise<boolean> {
    const solver = new z.Solver();
    solver.set('timeout', 5_000);
    solver.add(...claims);
    const answer = await solver.check();
    solver.release();
    fc.pre(answer !== 'unknown');
    return answer === 'sat';
  }

  /** Whether there is a packet of which the one is true and the other is not. */
  const canDiffer = (a: Formula, b: Formula) => isPossible(z.Not(z.Eq(a, b)));

  return {
    allowedBy,
    permittedBy,
    isIn,
    isPacket,
    isPossible,
    canDiffer,
    not: (claim: Formula) => z.Not(claim),
  };
}
