import { type Fault, quoted } from '../fault.ts';
import { suggestName } from '../nearest.ts';
import { mappingsIn, type Part } from './parts.ts';

/** Ids that are given twice, and flows that rows are for and that are not there. */
export function nameFaults(value: unknown): Fault[] {
  const mappings = mappingsIn(value);
  return [...repeatedIds(mappings), ...strangeFlows(mappings)];
}

function repeatedIds(mappings: Part<Record<string, unknown>>[]): Fault[] {
  const seen = new Set<unknown>();
  return mappings.flatMap(({ path, value: { id } }) => {
    if (typeof id !== 'string') return [];
    const repeated = seen.has(id);
    seen.add(id);
    const message = `the id ${quoted(id)} is given twice`;
    return repeated
      ? [{ path: [...path, 'id'], at: 'value' as const, message, suggestion: 'give each its own' }]
      : [];
  });
}

function strangeFlows(mappings: Part<Record<string, unknown>>[]): Fault[] {
  const flows = mappings
    .filter(({ path }) => path[0] === 'flows' && path.length === 2)
    .flatMap(({ value: { id } }) => (typeof id === 'string' ? [id] : []));
  return mappings.flatMap(({ path, value }) => {
    const named: unknown[] = Array.isArray(value.for) ? value.for : [];
    return named.flatMap((flow, index): Fault[] => {
      if (typeof flow !== 'string' || flows.includes(flow)) return [];
      const message = `there is no flow ${quoted(flow)}`;
      return [{ path: [...path, 'for', index], at: 'value', message, suggestion: suggestName(flow, flows) }];
    });
  });
}
