import { type Fault, quoted } from '../fault.ts';
import { mappingsIn } from './parts.ts';

/** What is derived says why, and a row for which flow; what is of the document has its words. */
export function provenanceFaults(value: unknown): Fault[] {
  return mappingsIn(value).flatMap(({ path, value: item }) => {
    const lacks = (key: string, suggestion: string): Fault[] =>
      item[key] === undefined
        ? [
            {
              path: [...path, 'origin'],
              at: 'key',
              message: `origin ${quoted(item.origin)} without \`${key}\``,
              suggestion,
            },
          ]
        : [];
    if (item.origin === 'document') return lacks('document', "add the document's words");
    if (item.origin !== 'derived') return [];
    const isRow = path[1] === 'rows';
    return [
      ...lacks('because', 'say in a sentence why it is needed'),
      ...(isRow ? lacks('for', 'name the flows that need it, such as `for: [backend-to-rds]`') : []),
    ];
  });
}
