import { z } from 'zod';

/** From the worst to the least. */
export const Severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);
export type Severity = z.infer<typeof Severity>;

const rank = { critical: 4, high: 3, medium: 2, low: 1, info: 0 } as const satisfies Record<Severity, number>;

/** Positive when `a` is worse than `b`. */
export const compareSeverity = (a: Severity, b: Severity): number => rank[a] - rank[b];
