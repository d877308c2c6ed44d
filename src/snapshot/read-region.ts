import { setMaxListeners } from 'node:events';
import { CallError } from '../aws/errors.ts';
import type { Session } from '../aws/session.ts';
import type { Account } from '../model/account.ts';
import { type Fact, known, need, type UnknownReason, unknown } from '../model/fact.ts';
import type { Region } from '../model/identifiers.ts';
import type { FactName, Facts, FactValue } from '../services/facts.ts';
import { type ApiCall, namesOf, type Readers, reasonOf } from '../services/reader.ts';

/** What a run is doing, for whoever waits for it. */
export interface Progress {
  readonly kind: 'reading' | 'known' | 'unknown';
  readonly region: Region;
  readonly fact: FactName;
}

/** What reading a Region takes. */
export interface RegionReading {
  readonly session: Pick<Session, 'client'>;
  /** Ends every call: the user interrupted, or the run failed elsewhere. */
  readonly signal: AbortSignal;
  readonly region: Region;
  readonly account: Fact<Account>;
  readonly readers: Partial<Readers>;
  /** Milliseconds for one fact: its pages, their retries and their waiting. */
  readonly factTimeout: number;
  readonly onProgress: (progress: Progress) => void;
}

type Known<Names extends FactName = FactName> = { [Name in Names]?: Fact<FactValue<Name>> };
type PromisedFacts<Names extends FactName = FactName> = { [Name in Names]?: Promise<Fact<FactValue<Name>>> };

/** Reads these facts of one Region, and those they look at, side by side; one that fails leaves the others alone. */
export async function readRegion(reading: RegionReading, names: readonly FactName[]): Promise<Facts> {
  const promised: PromisedFacts = {};
  const facts: Known = {};
  const fact = <Name extends FactName>(name: Name): Promise<Fact<FactValue<Name>>> => {
    const own: PromisedFacts<Name> = promised;
    const promise = own[name] ?? readFact(reading, name, fact).then(kept(facts, name));
    own[name] = promise;
    return promise;
  };
  await Promise.all(names.map(name => fact(name)));
  return facts;
}

/** Writes a fact down as it passes by. */
const kept =
  <Name extends FactName>(facts: Known<Name>, name: Name) =>
  (fact: Fact<FactValue<Name>>): Fact<FactValue<Name>> => {
    facts[name] = fact;
    return fact;
  };

async function readFact<Name extends FactName>(
  { session, signal, region, account, readers, factTimeout, onProgress }: RegionReading,
  name: Name,
  fact: <Other extends FactName>(other: Other) => Promise<Fact<FactValue<Other>>>,
): Promise<Fact<FactValue<Name>>> {
  const reader = readers[name];
  if (reader === undefined) throw new Error(`No reader is loaded for ${name}.`);
  const deadline = AbortSignal.timeout(factTimeout);
  const options = { abortSignal: AbortSignal.any([signal, deadline]) };
  // Every call of the fact listens to it, which Node takes for a leak after ten.
  setMaxListeners(0, options.abortSignal);
  onProgress({ kind: 'reading', region, fact: name });
  try {
    const client: Parameters<typeof reader.read>[0]['client'] = (of, elsewhere = region) =>
      session.client(of, elsewhere);
    const value = await reader.read({
      region,
      run: signal,
      client,
      options,
      account: () => need(account),
      fact,
    });
    onProgress({ kind: 'known', region, fact: name });
    return known(value);
  } catch (error) {
    signal.throwIfAborted();
    const reason = deadline.aborted
      ? outOfTime(error, reader.calls, factTimeout)
      : reasonOf(error, reader.calls);
    onProgress({ kind: 'unknown', region, fact: name });
    return unknown(reason);
  }
}

function outOfTime(error: unknown, calls: readonly ApiCall[], milliseconds: number): UnknownReason {
  const call = error instanceof CallError ? error.call : namesOf(calls);
  const message = `The fact was not read within ${milliseconds / 1000} seconds.`;
  return { kind: 'timeout', call, error: { code: 'Timeout', message } };
}
