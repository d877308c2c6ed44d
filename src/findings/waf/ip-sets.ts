import type { WafRule } from '../../model/baseline/waf.ts';
import { type Judgement, precededBy, type Shortfall } from './judgement.ts';
import { alternatives, type References, type Step } from './step.ts';

type Wanted = Extract<WafRule['statement'], { kind: 'ip-sets' }>;

/** Whether the addresses of both IP sets are blocked, before anything is allowed. */
export function judgeIpSets({ sets }: Wanted, steps: readonly Step[], references: References): Judgement {
  const uses = steps.flatMap(step =>
    alternatives(step.statement).flatMap(one =>
      one.kind === 'ip-set'
        ? [{ step, set: references.ipSetName(one.arn), header: one.forwardedHeader }]
        : [],
    ),
  );
  const wanted = [sets.ipv4, sets.ipv6].map(name => ({ name, uses: uses.filter(({ set }) => set === name) }));
  const unused = wanted.filter(set => set.uses.length === 0).map(({ name }) => name);
  const shortfalls = new Map<string, Shortfall>();
  if (unused.length > 0) shortfalls.set('setUnused', { kind: 'setUnused', sets: unused.join(', ') });
  for (const set of wanted) {
    const all = set.uses.map(({ step, header }) => shortfallsOf(step, header));
    if (all.some(none => none.length === 0)) continue;
    for (const one of all[0] ?? []) shortfalls.set(one.kind, one);
  }
  if (shortfalls.size > 0) return { kind: 'open', shortfalls: [...shortfalls.values()] };
  const by = uses.filter(
    ({ set, step }) => wanted.some(({ name }) => name === set) && step.action === 'block',
  );
  return { kind: 'blocked', by: [...new Set(by.map(({ step }) => step))] };
}

function shortfallsOf(step: Step, header: string | undefined): Shortfall[] {
  const shortfalls = precededBy(step);
  if (step.action !== 'block') shortfalls.push({ kind: 'lenientAction', step });
  if (header !== undefined) shortfalls.push({ kind: 'forwarded', step, header });
  return shortfalls;
}
