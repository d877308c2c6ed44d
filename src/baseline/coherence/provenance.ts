import type { Fault } from '../fault.ts';
import { mappingsIn } from './parts.ts';

/** What is derived says why, and a row for which flow; what is of the document has its words. */
export function provenanceFaults(value: unknown): Fault[] {
  return mappingsIn(value).flatMap(({ path, value }) => {
    const isRow = path.at(-2) === 'rows';
    const lacks = (key: string, suggestion: string): Fault[] =>
      value[key] === undefined
        ? [
            {
              path: [...path, 'origin'],
              at: 'value',
              message: `${isRow ? 'a' : 'an item'} without \`${key}\``,
              suggestion,
            },
          ]
        : [];
    if (value.origin === 'document') {
      return lacks('document', "add the document's words");
    }
    if (value.origin !== 'derived') return [];
    return [
      ...lacks('because', 'say why it is needed'),
      ...(isRow ? lacks('for', 'name the flows that need it, such as `for: [backend-to-rds]`') : []),
    ];
  });
}
