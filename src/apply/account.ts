import type { Region } from '../model/identifiers.ts';
import type { Call, LiveObject, ObjectKind, ObjectState } from '../model/plan.ts';
import type { Answer, Observation } from '../services/writer.ts';

/** An object whose id is known. */
export type KnownObject = LiveObject & { readonly id: string };

/** The account as the engine sees it: it looks, and it makes the calls of a plan. All functions throw CallError. */
export interface LiveAccount {
  readonly observe: (object: KnownObject) => Promise<Observation>;
  readonly find: (
    kind: ObjectKind,
    region: Region,
    tags: Readonly<Record<string, string>>,
    created: ObjectState,
  ) => Promise<readonly string[]>;
  /** The ids of what has the name already that this call would give to what it creates. */
  readonly namesakes: (kind: ObjectKind, region: Region, call: Call) => Promise<readonly string[]>;
  readonly send: (call: Call, region: Region) => Promise<Answer>;
  /** Asks AWS whether the call would be allowed, where it can be asked; answers false where it would not be. */
  readonly mayCall: (call: Call, region: Region) => Promise<boolean>;
}
