import type { ChangeId } from '../model/plan.ts';
import type { LiveAccount } from './account.ts';
import type { Journal } from './journal.ts';

/** What carries out a plan: the account, the journal, and a sense of time. */
export interface Engine {
  readonly account: LiveAccount;
  readonly journal: Journal;
  /** Why this run may change the account no longer, since it has lost its lock; undefined as long as it may. */
  readonly lockLost: () => Promise<string | undefined>;
  /** Whether the user has asked to stop: calls under way are finished, and none is begun. */
  readonly stopping: () => boolean;
  /** Waits for so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** The pauses between looks at an object that is not yet as it should be; AWS is not always consistent at once. */
  readonly patience: readonly number[];
  /** How many changes may be under way at once. */
  readonly parallel: number;
  readonly tell: (event: EngineEvent) => void;
}

/** What a person who waits is told. */
export type EngineEvent =
  | { readonly kind: 'begun'; readonly change: ChangeId }
  | { readonly kind: 'made'; readonly change: ChangeId }
  | { readonly kind: 'failed'; readonly change: ChangeId; readonly detail: string };

/** Pauses that add up to a minute, which AWS's own guides call enough (`securecart` waits no longer for one object). */
export const PATIENCE = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;
