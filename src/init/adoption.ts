import type { UnknownReason } from '../model/fact.ts';
import type { Json } from '../model/json.ts';

/** A key of a baseline's file, from its root. */
export type KeyPath = readonly (string | number)[];

/** How a baseline came to a part of what it says of an account: by a guess with its reason, or not at all. */
export type Ground =
  | { readonly how: 'guessed'; readonly because: string }
  | { readonly how: 'not-found'; readonly because: string }
  | { readonly how: 'not-read'; readonly reason: UnknownReason };

/** A part of a baseline that an account may tell. */
export interface Adoption {
  /** In words, such as `the public tier`. */
  readonly what: string;
  readonly ground: Ground;
  /** The key that the ground is written above. */
  readonly at: KeyPath;
  /** The values in place of the document's; a key that the file lacks is written above `at`. */
  readonly values: readonly { readonly path: KeyPath; readonly value: Json }[];
}

/** A part of which nothing is there, so that the document's value stays. */
export const notFound = (what: string, at: KeyPath, because: string): Adoption => ({
  what,
  ground: { how: 'not-found', because },
  at,
  values: [],
});

/** A part of which AWS did not say what is there. */
export const notRead = (what: string, at: KeyPath, reason: UnknownReason): Adoption => ({
  what,
  ground: { how: 'not-read', reason },
  at,
  values: [],
});
