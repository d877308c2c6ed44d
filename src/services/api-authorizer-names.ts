import type { Json } from '../model/json.ts';

/** What is known of an authorizer by which plans name it. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * An API's authorizer as plans name it: by its name, so that a plan can name one that it creates, and a created one can be
 * found again; by its id where another one of the API has its name.
 */
export function authorizerName(authorizers: readonly Named[], id: string): string {
  const own = authorizers.find(one => one.id === id);
  const namesakes = authorizers.filter(({ name }) => name === own?.name);
  return own === undefined || namesakes.length > 1 ? id : own.name;
}

/** The ids of an API's authorizers by the names that plans give them: the handles of what names one. */
export const authorizerHandles = (authorizers: readonly Named[]): Record<string, string> =>
  Object.fromEntries(authorizers.map(({ id }) => [authorizerName(authorizers, id), id]));

/** An authorizer's id in a call, looked up just before it; empty for none, which takes it from what had one. */
export const authorizerId = (name: string | null): Json =>
  name === null ? '' : { $live: ['authorizers', name] };
