import { z } from 'zod';
import { AccountId } from './identifiers.ts';
import { Call, ChangeId, LiveObject, ObjectState, Plan } from './plan.ts';

/** What one line of a journal says. */
export const JournalEvent = z.discriminatedUnion('kind', [
  /** Always the first: the whole plan, so that a journal needs no other file. */
  z.strictObject({ kind: z.literal('start'), schemaVersion: z.literal(1), run: z.uuid(), plan: Plan }),
  z.strictObject({ kind: z.literal('resume'), account: AccountId }),
  /** On disk before the call is sent. `before` is the object as it was read just then, null where there was none. */
  z.strictObject({
    kind: z.literal('intent'),
    change: ChangeId,
    object: LiveObject,
    call: Call,
    before: ObjectState.nullable(),
  }),
  /** The call was made, and its object was read again and is as it should be. */
  z.strictObject({
    kind: z.literal('done'),
    change: ChangeId,
    /** The id of the object that the call created. */
    created: z.string().optional(),
    after: ObjectState.nullable(),
    /** Present where the outcome was found by looking, not by the call's answer: why the answer did not tell. */
    found: z.string().optional(),
  }),
  /** The call failed, and its object was read again and is as it was. */
  z.strictObject({ kind: z.literal('failed'), change: ChangeId, error: z.string() }),
  /** AWS accepted the call, and gave up what it was to create, which stands there until it is deleted. */
  z.strictObject({
    kind: z.literal('given-up'),
    change: ChangeId,
    created: z.string(),
    /** What AWS said of it. */
    error: z.string(),
  }),
  /** Nobody can tell whether the call took effect: resume and undo will look. */
  z.strictObject({ kind: z.literal('unknown'), change: ChangeId, error: z.string() }),
  /** The run came to its end, whichever that is. */
  z.strictObject({ kind: z.literal('end'), result: z.enum(['done', 'stopped', 'interrupted']) }),
]);
export type JournalEvent = z.infer<typeof JournalEvent>;

/** One line: the event, its place, and the digest of the line before it, so that a cut or an edit shows. */
export const JournalLine = z.strictObject({
  seq: z.int().min(0),
  at: z.iso.datetime(),
  previous: z.string(),
  event: JournalEvent,
});
export type JournalLine = z.infer<typeof JournalLine>;
