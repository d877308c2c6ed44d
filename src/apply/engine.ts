import type { Change, ChangeId } from '../model/plan.ts';
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
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** The pauses between looks at an object that is not yet as it should be; AWS is not always consistent at once. */
  readonly patience: readonly number[];
  /** How many changes may be under way at once. */
  readonly parallel: number;
  readonly tell: (event: EngineEvent) => void;
}

/** What a person who waits is told. A wait is told again each time that it is not over, and what it is `for` follows “waits for”. */
export type EngineEvent =
  | { readonly kind: 'begun' | 'waited' | 'made'; readonly change: ChangeId }
  | { readonly kind: 'waiting'; readonly change: ChangeId; readonly for: string }
  | { readonly kind: 'failed'; readonly change: ChangeId; readonly detail: string };

/** Pauses that add up to a minute, which AWS's own guides call enough (`securecart` waits no longer for one object). */
export const PATIENCE = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/** What is over sooner is not worth a line, in milliseconds. */
const NOTICED = 2_000;

/** Waits for so many milliseconds, and says for what where a person would notice. */
export async function wait(
  { id }: Change,
  milliseconds: number,
  awaited: string,
  { sleep, tell }: Pick<Engine, 'sleep' | 'tell'>,
): Promise<void> {
  if (milliseconds >= NOTICED) tell({ kind: 'waiting', change: id, for: awaited });
  await sleep(milliseconds);
}
