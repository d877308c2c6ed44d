import { CallError, reasonFor } from '../aws/errors.ts';
import type { AwsClient, ClientClass } from '../aws/session.ts';
import type { Account } from '../model/account.ts';
import { type Fact, known, UnknownFact, type UnknownReason, unknown } from '../model/fact.ts';
import type { Region } from '../model/identifiers.ts';
import type { FactName, FactValue } from './facts.ts';

/** A call to AWS, and the IAM action that it needs, both named as in IAM's reference: `ec2:DescribeVpcs`. */
export interface ApiCall {
  readonly call: string;
  readonly action: string;
  /** The actions of other services that IAM asks for as well. */
  readonly also?: readonly string[];
  /** What the action is to be allowed on, where it reads more elsewhere, in any partition; all calls of an IAM service say it, or none. */
  readonly resources?: readonly string[];
}

/** A call whose IAM action has its name, as most have. */
export const apiCall = (name: `${string}:${string}`): ApiCall => ({ call: name, action: name });

/** One Region of a run, as a reader sees it. */
export interface RegionAccess {
  readonly region: Region;
  /** The client of that class for this Region, or for another that keeps what is asked. What it throws is a CallError. */
  readonly client: <C extends AwsClient>(clientClass: ClientClass<C>, region?: Region) => C;
  /** Stands for the run: the same object in all of its Regions. */
  readonly run: object;
  /** Goes with every call: ends it when the user interrupts, or when the fact's time is over. */
  readonly options: { readonly abortSignal: AbortSignal };
  /** Whose account it is. Throws UnknownFact where nobody could say. */
  readonly account: () => Account;
  /** Another fact of the Region, read once for all that ask; a reader asks only for what it names in `needs`. */
  readonly fact: <Name extends FactName>(name: Name) => Promise<Fact<FactValue<Name>>>;
}

/** How one fact is read. The calls are data, since the permissions of an audit are made from them. */
export interface Reader<Name extends FactName> {
  /** Every call that `read` may make. */
  readonly calls: readonly ApiCall[];
  /** The facts that `read` looks at. */
  readonly needs: readonly FactName[];
  /** Reads all pages. Throws CallError, or MissingField where an answer lacks what AWS always gives. */
  readonly read: (access: RegionAccess) => Promise<FactValue<Name>>;
}

/** A reader for each of the facts. */
export type Readers<Names extends FactName = FactName> = { readonly [Name in Names]: Reader<Name> };

/** A part of a fact that is a fact of its own: where one of `calls` fails in it, it is unknown, and the rest is not. */
export async function part<T>(
  { options }: RegionAccess,
  calls: readonly ApiCall[],
  read: () => Promise<T>,
): Promise<Fact<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (options.abortSignal.aborted) throw error;
    return unknown(reasonOf(error, calls));
  }
}

/** Why a read that makes `calls` gave nothing. Throws what is no failure of a call and no gap in an answer: that is a bug. */
export function reasonOf(error: unknown, calls: readonly ApiCall[]): UnknownReason {
  // A fact that is made of another is as unknown as that one.
  if (error instanceof UnknownFact) return error.reason;
  if (error instanceof CallError) {
    const action = calls.find(({ call }) => call === error.call)?.action;
    return reasonFor(error, action ?? error.call);
  }
  if (!(error instanceof MissingField)) throw error;
  return { kind: 'failed', call: namesOf(calls), error: { code: error.name, message: error.message } };
}

/** The names of calls, in a row. */
export const namesOf = (calls: readonly ApiCall[]): string => calls.map(({ call }) => call).join(', ');

/** An answer of AWS's without a field that it always has: nothing can be said then, least of all that there is nothing. */
export class MissingField extends Error {
  override readonly name = 'MissingField';
}

/** The value of a field that AWS always gives. Throws MissingField. */
export function given<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new MissingField(`AWS's answer has no ${field}.`);
  return value;
}

/** AWS's list of tags as a record in the order of the keys. */
export function tagsOf(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string> {
  const pairs = (tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Orders values by their identity, so that two readings of the same account give the same bytes. */
export const sortedBy = <T>(values: T[], identity: (value: T) => string): T[] => {
  const before = (a: T, b: T) => (identity(a) < identity(b) ? -1 : 1);
  return values.sort(before);
};
