import { CallError, codeOf, isThrottle, statusOf } from './errors.ts';
import { Unrepeatable } from './once.ts';

/** One request to AWS and its outcome. It holds no parameter, header or answer: those may hold secrets. */
export interface CallEvent {
  /** The call as IAM would name it, such as `ec2:DescribeVpcs`. */
  readonly call: string;
  readonly region: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly milliseconds: number;
  /** The answer's HTTP status, absent where there was none. */
  readonly status: number | undefined;
  /** AWS's error code, or Node's; absent when the call succeeded. */
  readonly error: string | undefined;
  readonly throttled: boolean;
}

/** What a middleware is told of the call that it stands in the way of (the SDK's HandlerExecutionContext). */
interface Context {
  readonly commandName?: string;
  readonly __smithy_context?: { readonly abortSignal?: unknown };
}

/** A middleware of the SDK's that lets arguments and result pass as they are, and so fits every client. */
export type Middleware = <Args, Result extends { output: unknown }>(
  next: (args: Args) => Promise<Result>,
  context: Context,
) => (args: Args) => Promise<Result>;

interface Place<Step extends string> {
  readonly name: string;
  readonly step: Step;
  readonly priority: 'high' | 'normal' | 'low';
}

/** The middleware of any client of the SDK. */
export interface Stack {
  add(middleware: Middleware, place: Place<'initialize'>): void;
  add(middleware: Middleware, place: Place<'finalizeRequest'>): void;
}

/** Runs a call when its turn has come. */
type Wait = <T>(call: string, signal: AbortSignal | undefined, run: () => Promise<T>) => Promise<T>;

/** Names the call in what a client throws, and lets each call wait for its turn. `service` is IAM's prefix. */
export function nameCalls(stack: Stack, service: string, wait: Wait): void {
  const middleware: Middleware = (next, context) => async args => {
    const call = callName(service, context);
    const { __smithy_context: { abortSignal: signal } = {} } = context;
    try {
      return await wait(call, signal instanceof AbortSignal ? signal : undefined, () => next(args));
    } catch (error) {
      // A call that was made on the way to this one, to take on a role, keeps its own name.
      if (error instanceof CallError) throw error;
      throw new CallError(call, error instanceof Unrepeatable ? error.failure : error);
    }
  };
  stack.add(middleware, { name: 'securecartCall', step: 'initialize', priority: 'high' });
}

/** Calls `tell` after every request, retries included: it stands behind the SDK's own retry, which has priority `high`. */
export function tellAttempts(
  stack: Stack,
  service: string,
  region: string,
  tell: (event: CallEvent) => void,
): void {
  const attempts = new WeakMap<object, number>();
  const middleware: Middleware = (next, context) => async args => {
    const attempt = (attempts.get(context) ?? 0) + 1;
    attempts.set(context, attempt);
    const started = performance.now();
    const call = callName(service, context);
    const about = () => ({ call, region, attempt, milliseconds: performance.now() - started });
    try {
      const result = await next(args);
      tell({ ...about(), status: statusOf(result.output), error: undefined, throttled: false });
      return result;
    } catch (error) {
      tell({ ...about(), status: statusOf(error), error: codeOf(error), throttled: isThrottle(error) });
      throw error;
    }
  };
  stack.add(middleware, { name: 'securecartAttempt', step: 'finalizeRequest', priority: 'low' });
}

const callName = (service: string, { commandName = '' }: Context) =>
  `${service}:${commandName.replace(/Command$/, '')}`;
