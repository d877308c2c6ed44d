import { canonicalJson } from '../model/json.ts';
import type { Edit, ObjectState } from '../model/plan.ts';

/** The edit that lets an object in one state be in another, by the fields that differ. */
export const setFields = (from: ObjectState, to: ObjectState): Edit => ({
  kind: 'set',
  fields: Object.fromEntries(
    Object.entries(to).flatMap(([field, value]) => {
      const now = from[field] ?? null;
      return canonicalJson(now) === canonicalJson(value) ? [] : [[field, { from: now, to: value }]];
    }),
  ),
});
