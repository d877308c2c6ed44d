import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './call.ts';
import { type AwsError, denied, errorReply, failed, type Reply, throttled } from './reply.ts';

/** What happens to a call instead of, or beside, its answer. */
export type Effect =
  | { kind: 'deny' }
  | { kind: 'throttle' }
  | { kind: 'server-error' }
  | { kind: 'error'; error: AwsError }
  /** The connection is cut: before AWS has the call, or after it has done what was asked and before the answer. */
  | { kind: 'cut'; when: 'before' | 'after' }
  | { kind: 'delay'; milliseconds: number }
  /** AWS accepts to create it, and gives up what it began; of NAT gateways and VPC endpoints. */
  | { kind: 'give-up'; failure: Failure }
  /** The test does something, such as change the account, and the call goes on once that is done. */
  | { kind: 'run'; when: 'before' | 'after'; run: (call: Call) => void | Promise<void> };

/** Why AWS gave something up, as it says so of a NAT gateway (`failureCode`) and of an endpoint (`lastError`). */
export type Failure = { code: string; message: string };

/** Which calls an effect is for. */
export type Fault = {
  effect: Effect;
  /** A call's name (`ec2:DescribeVpcs`), or an IAM action; `*` stands for anything. Absent: every call. */
  call?: string;
  /** Only the n-th such call, counted from 1 and from when the fault was set. Absent: each of them. */
  nth?: number;
};

/** The faults that are set. */
export type Faults = {
  add: (...faults: Fault[]) => void;
  /** Denies every call that needs the IAM action, as an identity without it would see. */
  denyAction: (action: string) => void;
  clear: () => void;
};

/** What is to be done around one call: `before` may answer or cut it, `after` may cut its answer. */
export type Hit = {
  before: () => Promise<Reply | 'cut' | undefined>;
  after: () => Promise<'cut' | undefined>;
  /** Why AWS is to give up what the call creates, where it is. */
  failure: () => Failure | undefined;
};

export function createFaults(): Faults & { hit: (call: Call) => Hit } {
  let set: { fault: Fault; seen: number }[] = [];
  const add = (...faults: Fault[]) => {
    set.push(...faults.map(fault => ({ fault, seen: 0 })));
  };
  const due = (call: Call): Effect[] =>
    set
      .filter(({ fault }) => fault.call === undefined || matches(fault.call, call))
      .filter(entry => {
        entry.seen += 1;
        return entry.fault.nth === undefined || entry.fault.nth === entry.seen;
      })
      .map(({ fault }) => fault.effect);
  return {
    add,
    denyAction: action => add({ call: action, effect: { kind: 'deny' } }),
    clear: () => {
      set = [];
    },
    hit: call => {
      const effects = due(call);
      return {
        before: () => first(effects, call, before),
        after: () => first(effects, call, after),
        failure: () => effects.find(effect => effect.kind === 'give-up')?.failure,
      };
    },
  };
}

function matches(pattern: string, call: Call): boolean {
  const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
  return expression.test(call.name) || expression.test(call.action);
}

/** Lets every effect happen in turn, up to the first that decides the call. */
async function first<T>(
  effects: Effect[],
  call: Call,
  apply: (effect: Effect, call: Call) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const effect of effects) {
    const decided = await apply(effect, call);
    if (decided !== undefined) return decided;
  }
  return undefined;
}

async function before(effect: Effect, call: Call): Promise<Reply | 'cut' | undefined> {
  switch (effect.kind) {
    case 'deny':
      return denied(call);
    case 'throttle':
      return throttled(call);
    case 'server-error':
      return failed(call);
    case 'error':
      return errorReply(call, effect.error);
    case 'cut':
      return effect.when === 'before' ? 'cut' : undefined;
    case 'delay':
      await sleep(effect.milliseconds);
      return undefined;
    case 'give-up':
      return undefined;
    case 'run':
      if (effect.when === 'before') await effect.run(call);
      return undefined;
    default:
      return effect satisfies never;
  }
}

async function after(effect: Effect, call: Call): Promise<'cut' | undefined> {
  if (effect.kind === 'cut' && effect.when === 'after') return 'cut';
  if (effect.kind === 'run' && effect.when === 'after') await effect.run(call);
  return undefined;
}
