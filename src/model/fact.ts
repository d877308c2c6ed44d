import { z } from 'zod';

/** Why a fact is not known. */
export const UnknownReason = z.strictObject({
  kind: z.enum(['denied', 'throttled', 'timeout', 'unsupported', 'network', 'failed', 'not-read']),
  /** The API call as IAM would name it, such as `ec2:DescribeVpcs`. */
  call: z.string(),
  /** The IAM action that is missing, where that is the cause; it is not always the call's name. */
  action: z.string().optional(),
  /** AWS's error code, and its message with secrets and request ids taken out. */
  error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});
export type UnknownReason = z.infer<typeof UnknownReason>;

/** What a read gave: a value, or the reason why there is none. An unknown fact is never an empty list. */
export type Fact<T> = { kind: 'known'; value: T } | { kind: 'unknown'; reason: UnknownReason };

/** The schema of a fact whose value has the schema `value`. */
export function fact<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('known'), value }),
    z.strictObject({ kind: z.literal('unknown'), reason: UnknownReason }),
  ]);
}

/** Thrown by {@link need}: whoever evaluates turns it into an `unknown` finding that carries the reason. */
export class UnknownFact extends Error {
  readonly reason: UnknownReason;

  constructor(reason: UnknownReason) {
    super(`${reason.call}: ${reason.kind}`);
    this.reason = reason;
  }
}

/** The value of a fact. Throws UnknownFact where there is none, so that nobody can take a failed read for an empty list. */
export function need<T>(fact: Fact<T>): T {
  if (fact.kind === 'unknown') throw new UnknownFact(fact.reason);
  return fact.value;
}

/** What `read` gives; unknown where a fact that it needs is. */
export function attempt<T>(read: () => T): Fact<T> {
  try {
    return known(read());
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
    return unknown(error.reason);
  }
}

/** The schema of a fact in a snapshot: absent where nobody asked for it. */
export const snapshotFact = <T extends z.ZodType>(value: T) => fact(value).optional();

export const known = <T>(value: T): Fact<T> => ({ kind: 'known', value });
export const unknown = (reason: UnknownReason): Fact<never> => ({ kind: 'unknown', reason });
