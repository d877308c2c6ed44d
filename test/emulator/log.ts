import type { Call } from './call.ts';

/** A call that the endpoint saw; `outcome` is the answer's HTTP status, absent until there is one. */
export type LoggedCall = Call & { at: Date; outcome?: number | 'cut' };

/** The calls since the start, or since `clear`, in the order they came. */
export type Log = {
  calls: readonly LoggedCall[];
  /** The names of the calls that change something. */
  mutating: () => string[];
  /** Every call that was made with the same parameters, in the same Region, more than once: once each, as text. */
  repeated: () => string[];
  clear: () => void;
};

export function createLog(): Log & { enter: (call: Call) => LoggedCall } {
  const calls: LoggedCall[] = [];
  return {
    calls,
    mutating: () => calls.filter(call => call.mutating).map(call => call.name),
    repeated: () => {
      const texts = calls.map(({ name, region, parameters }) => `${name} in ${region}: ${parameters}`);
      return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
    },
    clear: () => {
      calls.length = 0;
    },
    enter: call => {
      const logged = { ...call, at: new Date() };
      calls.push(logged);
      return logged;
    },
  };
}
