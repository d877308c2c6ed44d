import type { Step } from './step.ts';

/** Why a web ACL does not do what a row of the baseline asks, with the rule to blame. */
export type Shortfall =
  | { readonly kind: 'absent' }
  /** It matches, and does something else than block. */
  | { readonly kind: 'lenientAction'; readonly step: Step }
  /** Rules of a managed group, each with its action, that do something else than block. */
  | { readonly kind: 'weakened'; readonly step: Step; readonly rules: string }
  | { readonly kind: 'narrowed'; readonly step: Step; readonly scope: string }
  | { readonly kind: 'preceded'; readonly step: Step; readonly hole: Step }
  | { readonly kind: 'partial'; readonly steps: readonly Step[]; readonly parts: string }
  | { readonly kind: 'forwarded'; readonly step: Step; readonly header: string }
  | { readonly kind: 'aggregate'; readonly step: Step; readonly aggregate: string }
  | { readonly kind: 'lenientLimit'; readonly step: Step; readonly limit: number; readonly window: number }
  | { readonly kind: 'countriesOpen'; readonly steps: readonly Step[]; readonly countries: string }
  | { readonly kind: 'countriesShut'; readonly steps: readonly Step[]; readonly countries: string }
  | { readonly kind: 'setUnused'; readonly sets: string };

/** What a web ACL does about a row: the steps that block what the row is about, or why none does. */
export type Judgement =
  | { readonly kind: 'blocked'; readonly by: readonly Step[] }
  | { readonly kind: 'open'; readonly shortfalls: readonly Shortfall[] };

/** The judgement of whichever candidate comes closest. */
export function closest(candidates: readonly { step: Step; shortfalls: readonly Shortfall[] }[]): Judgement {
  const [best] = [...candidates].sort((a, b) => a.shortfalls.length - b.shortfalls.length);
  if (best === undefined) return { kind: 'open', shortfalls: [{ kind: 'absent' }] };
  const { step, shortfalls } = best;
  return shortfalls.length === 0 ? { kind: 'blocked', by: [step] } : { kind: 'open', shortfalls };
}

/** The shortfall of a step that an earlier one allows past. */
export const precededBy = (step: Step): Shortfall[] =>
  step.hole === undefined ? [] : [{ kind: 'preceded', step, hole: step.hole }];
