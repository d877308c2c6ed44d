import type { Session } from '../aws/session.ts';
import type { Region } from '../model/identifiers.ts';
import type { JsonObject } from '../model/json.ts';
import type { ObjectState } from '../model/plan.ts';

/** One live object as it is now: what is compared of it (null where there is none), and the volatile ids by which calls name its parts. */
export interface Observation {
  readonly state: ObjectState | null;
  readonly handles: JsonObject;
  /** Where AWS is still at work on it: what is seen is what it will be, and what needs it must wait. */
  readonly busy?: boolean;
  /** Why AWS gave up creating it, in AWS's words: it is listed, does nothing, and never will; what is seen of it may be less than was asked for. */
  readonly failure?: string;
  /** What it holds that nobody can make again, in a sentence and with the commands to delete it all the same: an undo keeps it. */
  readonly evidence?: { readonly detail: string; readonly runbook: readonly string[] };
}

/** How objects of one kind are looked at. Every function throws CallError. */
export interface Observer {
  /** The IAM actions of a look. */
  readonly permissions: readonly string[];
  readonly observe: (session: Session, region: Region, id: string) => Promise<Observation>;
  /**
   * The ids of the objects that have all of these tags, or, of a kind that has none, those that are as the plan creates
   * it; absent for kinds that no plan creates, and for those whose id a plan chooses.
   */
  readonly find?: (
    session: Session,
    region: Region,
    tags: Readonly<Record<string, string>>,
    created: ObjectState,
  ) => Promise<string[]>;
  /**
   * The ids of the objects that have the name already which a creation's call gives; absent for kinds whose id is their
   * name, and for those that AWS lets nobody name.
   */
  readonly namesakes?: (session: Session, region: Region, input: JsonObject) => Promise<string[]>;
}

/** One mutating operation that plans may ask for; there are no others. */
export interface Operation {
  /** The IAM action; what tags or passes roles on the way needs more, which the change says. */
  readonly permission: string;
  /** Whether AWS checks the permission of the call without making it (EC2's DryRun). */
  readonly rehearsable: boolean;
  /** Reads the input and makes the call. Throws ZodError for an input that is not the operation's, CallError where AWS refuses. */
  readonly send: (
    session: Session,
    region: Region,
    input: unknown,
    options: { rehearse: boolean },
  ) => Promise<Answer>;
}

/** What is kept of an answer: the id of what the call created. */
export interface Answer {
  readonly created?: string | undefined;
}
