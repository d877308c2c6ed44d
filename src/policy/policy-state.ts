import { canonicalJson, Json } from '../model/json.ts';
import type { ObjectState } from '../model/plan.ts';

/**
 * A resource policy as plans compare it, by its meaning: AWS may give a list of one as its item, a Boolean as text, and
 * lists and statements in another order than they were written.
 */
export const policyState = (text: string | null): ObjectState => ({
  policy: text === null ? null : normal(Json.parse(JSON.parse(text))),
});

function normal(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(normal).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
    const [first = null, ...others] = items;
    return others.length === 0 && items.length === 1 ? first : items;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item)]));
  }
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
}
