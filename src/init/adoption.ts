import { attempt, type UnknownReason } from '../model/fact.ts';
import type { Json } from '../model/json.ts';

/** A key of a baseline's file, from its root. */
export type KeyPath = readonly (string | number)[];

/** How a baseline came to a part of what it says of an account: by a guess with its reason, or not at all. */
export type Ground =
  | { readonly how: 'guessed'; readonly because: string }
  | { readonly how: 'not-found'; readonly because: string }
  | { readonly how: 'not-read'; readonly reason: UnknownReason };

/** A part of a baseline that an account may tell. */
export interface Part {
  /** In words, such as `the public tier`. */
  readonly what: string;
  /** The key that the ground is written above. */
  readonly at: KeyPath;
}

/** A part, and what was made of it. */
export interface Adoption extends Part {
  readonly ground: Ground;
  /** The values in place of the document's; a key that the file lacks is written above `at`. */
  readonly values: readonly { readonly path: KeyPath; readonly value: Json }[];
}

/** A part that is taken for what is there; without values, the document's are right. */
export const guessed = (part: Part, because: string, values: Adoption['values'] = []): Adoption => ({
  ...part,
  ground: { how: 'guessed', because },
  values,
});

/** A part of which nothing is there, so that the document's value stays. */
export const notFound = (part: Part, because: string): Adoption => ({
  ...part,
  ground: { how: 'not-found', because },
  values: [],
});

/** A part of which several things could be meant, so that the document's value stays. */
export const doubtful = (part: Part, names: readonly string[]): Adoption =>
  notFound(part, `it could be ${names.join(' or ')}`);

/** A part of which AWS did not say what is there. */
export const notRead = (part: Part, reason: UnknownReason): Adoption => ({
  ...part,
  ground: { how: 'not-read', reason },
  values: [],
});

/** What `look` makes of a part; where a fact that it needs is unknown, that it was not read. */
export function find(part: Part, look: (part: Part) => Adoption): Adoption {
  const adopted = attempt(() => look(part));
  return adopted.kind === 'known' ? adopted.value : notRead(part, adopted.reason);
}
