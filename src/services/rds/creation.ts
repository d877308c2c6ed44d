import type { JsonObject } from '../../model/json.ts';
import type { Call, Change, ObjectState } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';

/** A call of RDS's. */
export const rdsCall = (operation: string, input: JsonObject): Call => ({ service: 'rds', operation, input });

/** What is to be created, and what its tags say. */
export interface Creation extends Pick<Change, 'id' | 'title' | 'object'> {
  /** The object as it is at first, but for its tags. */
  readonly state: ObjectState;
  readonly tags: Readonly<Record<string, string>>;
  readonly create: Call;
  readonly remove: Call;
}

/** The change that creates an object of RDS's, whose id is the name that it is given, and deletes it again. */
export function creation({ id, title, object, state, tags, create, remove }: Creation): Change {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    id,
    title,
    object,
    edit: { kind: 'create', state: { ...state, tags } },
    call: { ...create, input: { ...create.input, Tags } },
    permissions: [`rds:${create.operation}`, 'rds:AddTagsToResource'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: remove, permissions: [`rds:${remove.operation}`] },
  };
}
