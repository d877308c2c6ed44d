import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBaseline } from '../../src/baseline/check/check.ts';
import { withRows } from '../../src/baseline/check/suggest/suggest.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { BaselineCheck, Need } from '../../src/model/baseline-check.ts';
import { cases } from './cases.ts';
import { attemptOf, endsOf } from './ends.ts';
import { type Attempt, arrives, converses } from './packet-walk.ts';
import { randomBaseline, shipped } from './random-baseline.ts';

const check = (baseline: Baseline): BaselineCheck =>
  checkBaseline(baseline, {
    tool: { name: 'securecart', version: '0.0.0' },
    baseline: { name: baseline.name, digest: '', literal: false },
  });

const without = (baseline: Baseline, ...ids: string[]): Baseline => ({
  ...baseline,
  securityGroups: {
    ...baseline.securityGroups,
    rows: baseline.securityGroups.rows.filter(({ id }) => !ids.includes(id)),
  },
  networkAcls: {
    ...baseline.networkAcls,
    rows: baseline.networkAcls.rows.filter(({ id }) => !ids.includes(id)),
  },
});

const blockedIn = ({ flows }: BaselineCheck): string[] =>
  flows.filter(({ verdict }) => verdict === 'blocked').map(({ id }) => id);

describe('a row of the shipped baseline, taken away', () => {
  const whole = check(shipped);

  test.each(whole.rows)('$id: $need.kind', ({ id, need }) => {
    const rest = without(shipped, id);
    if (need.kind !== 'flow') {
      // It is reported as not needed by itself; what it does is confirmed below.
      expect(blockedIn(check(rest))).toEqual([]);
      confirm(shipped, id, need);
      return;
    }
    expect(blockedIn(check(rest))).toEqual(need.flows);
    const flow = whole.flows.find(flow => flow.id === need.flows[0]);
    const attempt = attemptOf(shipped, {
      from: flow?.from ?? '',
      to: flow?.to ?? '',
      connection: need.connection,
    });
    expect(converses(shipped, attempt)).toBe(true);
    expect(converses(rest, attempt)).toBe(false);
  });
});

/** Holds what is said of a row to a walk of the packet that is shown for it. */
function confirm(baseline: Baseline, id: string, need: Need) {
  const passes = (some: Baseline, shown: Parameters<typeof attemptOf>[1]) => {
    const attempt = attemptOf(baseline, shown);
    return { arrives: arrives(some, attempt), answered: converses(some, attempt) };
  };
  switch (need.kind) {
    case 'closes':
      expect(passes(without(baseline, id), need)).not.toEqual(passes(baseline, need));
      expect(passes(without(baseline, id), need).arrives).toBe(true);
      return;
    case 'second-lock':
      expect(passes(without(baseline, id, need.with), need)).not.toEqual(passes(baseline, need));
      expect(passes(without(baseline, id), need)).toEqual(passes(baseline, need));
      return;
    case 'opens':
      expect(passes(baseline, need).arrives).toBe(true);
      expect(passes(without(baseline, id), need)).not.toEqual(passes(baseline, need));
      return;
    case 'flow':
    case 'assertion-holds':
    case 'assertion-broken':
    case 'covered':
    case 'contradicted':
    case 'repeats-default':
    case 'dead':
      return;
    default:
      need satisfies never;
  }
}

test('what is said of flows and rows of any baseline, a walk of the packets confirms', () => {
  fc.assert(
    fc.property(randomBaseline, fc.infiniteStream(fc.nat()), (baseline, random) => {
      const { flows, rows, openings } = check(baseline);
      for (const flow of flows) {
        if (flow.verdict === 'blocked') {
          for (const obstacle of flow.obstacles) {
            if (obstacle.kind === 'list') {
              expect(
                converses(baseline, attemptOf(baseline, { ...flow, connection: obstacle.connection })),
              ).toBe(false);
            }
          }
        }
        if (flow.verdict === 'leaks') {
          const { client: from, server: to, connection } = flow;
          expect(arrives(baseline, attemptOf(baseline, { from, to, connection }))).toBe(true);
        }
        for (const attempt of attemptsOf(baseline, flow.id, random)) {
          if (flow.verdict === 'passes') expect(converses(baseline, attempt)).toBe(true);
          if (flow.verdict === 'kept-out') expect(arrives(baseline, attempt)).toBe(false);
        }
      }
      for (const opening of openings) expect(arrives(baseline, attemptOf(baseline, opening))).toBe(true);
      for (const { id, need } of rows) confirm(baseline, id, need);
    }),
    cases('baselines whose check is confirmed', { sampled: 20, deep: 1000 }),
  );
});

/** Some packets of a flow, of all that it is about. */
function attemptsOf(baseline: Baseline, id: string, random: fc.Stream<number>): Attempt[] {
  const flow = baseline.flows.find(flow => flow.id === id);
  if (flow === undefined) return [];
  const pick = <T>(items: readonly T[]): T[] => {
    const item = items[(random.next().value ?? 0) % items.length];
    return item === undefined ? [] : [item];
  };
  const ends = endsOf(baseline, 'ipv4');
  const at = (end: typeof flow.from) =>
    ends.filter(({ name }) => {
      if (end.kind === 'network') return end.network === 'anywhere' || name === end.network;
      return name === (end.kind === 'component' ? end.component : end.service);
    });
  const except: readonly string[] = flow.must === 'not-pass' ? (flow.except ?? []) : [];
  const clients = at(flow.from).filter(({ name }) => !except.includes(name));
  const servers = at(flow.to).filter(({ name }) => !except.includes(name));
  return Array.from({ length: 10 }).flatMap(() =>
    pick(clients).flatMap(client =>
      pick(servers).flatMap(server =>
        pick(
          flow.must === 'pass' ? flow.ports.flatMap(({ from, to }) => [from, to]) : [22, 80, 443, 5432, 8080],
        ).flatMap(port =>
          pick([1024, 5432, 8080, 32768, 61000, 65535]).map(clientPort => ({
            client: client.end,
            server: server.end,
            protocol: flow.must === 'pass' ? flow.protocol : ('tcp' as const),
            clientPort,
            port,
          })),
        ),
      ),
    ),
  );
}

test('with the rows that are suggested every flow passes, and without one of them some does not', () => {
  const ids = [...shipped.securityGroups.rows, ...shipped.networkAcls.rows].map(({ id }) => id);
  fc.assert(
    fc.property(fc.subarray(ids), lost => {
      const torn = without(shipped, ...lost);
      const { suggestion } = check(torn);
      expect(suggestion).toMatchObject({ stillBlocked: [], noRoom: [] });
      const { securityGroups, networkAcls, least } = suggestion;
      const mended = withRows(torn, securityGroups, networkAcls);
      expect(blockedIn(check(mended))).toEqual([]);
      const allowing = [...securityGroups, ...networkAcls.filter(({ action }) => action === 'allow')];
      expect(allowing.length).toBeGreaterThanOrEqual(least);
      for (const { id } of allowing) expect(blockedIn(check(without(mended, id)))).not.toEqual([]);
    }),
    cases('torn baselines that are mended', { sampled: 5, deep: 200 }),
  );
});
