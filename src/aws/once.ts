import { codeOf, isThrottle } from './errors.ts';
import type { Middleware, Stack } from './observe.ts';

/** A failure after which AWS may have done what it was asked: in this wrapping the SDK does not know it for one to try again. */
export class Unrepeatable extends Error {
  override readonly name = 'Unrepeatable';
  /** What the SDK would have thrown. It is not the `cause`, which the SDK looks at. */
  readonly failure: unknown;

  constructor(failure: unknown) {
    super('not sent again');
    this.failure = failure;
  }
}

/** Node's errors of a request that never reached AWS. */
const UNSENT: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);

/**
 * A command that AWS carries out once at most. Where a call creates something and has no token by which AWS knows it
 * again, a second try after a lost answer would create two. What was throttled, or never sent, is tried again as ever.
 */
export function once<Command extends { readonly middlewareStack: Stack }>(command: Command): Command {
  const middleware: Middleware = next => async args => {
    try {
      return await next(args);
    } catch (error) {
      throw isThrottle(error) || UNSENT.has(codeOf(error)) ? error : new Unrepeatable(error);
    }
  };
  // Behind the SDK's own retry, which has priority `high`, and before what tells each attempt.
  command.middlewareStack.add(middleware, {
    name: 'securecartOnce',
    step: 'finalizeRequest',
    priority: 'normal',
  });
  return command;
}
