import { type Document, isMap, isNode, isScalar, parseDocument, stringify } from 'yaml';
import type { Json } from '../model/json.ts';
import type { Adoption, KeyPath } from './adoption.ts';

/** A stretch of the text, and what stands there instead. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text of a baseline with what an account tells in it, each with its ground in a comment. It is edited at the places
 * that its parser tells and not written anew, so that the rest stays as it is: comments, blanks and all. Throws for a key
 * that the text has not.
 */
export function withAdoptions(
  text: string,
  adoptions: readonly Adoption[],
  words: (adoption: Adoption) => string,
): string {
  const document = parseDocument(text);
  const edits = adoptions.flatMap((adoption): Edit[] => {
    const { at, values } = adoption;
    const start = keyAt(document, at);
    const indent = columnOf(text, start);
    const missing = values.filter(({ path }) => !document.hasIn(path));
    const present = values.filter(({ path }) => document.hasIn(path));
    const above = [
      ...comment(words(adoption), WIDTH - indent),
      ...missing.map(({ path, value }) => `${path.at(-1) ?? ''}: ${inFlow(value)}`),
    ];
    return [
      { start, end: start, text: above.map(line => `${line}\n${' '.repeat(indent)}`).join('') },
      ...present.map(({ path, value }) => replacement(text, document, path, value)),
    ];
  });
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((whole, { start, end, text: own }) => whole.slice(0, start) + own + whole.slice(end), text);
}

/** In columns: as wide as the document. */
const WIDTH = 120;

/** Where a key stands. */
function keyAt(document: Document, path: KeyPath): number {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const items = isMap(parent) ? parent.items : [];
  const key = items.map(pair => pair.key).find(one => isScalar(one) && one.value === path.at(-1));
  if (isNode(key) && key.range) return key.range[0];
  throw new Error(`the baseline has no ${path.join('.')}`);
}

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** A value in the place of another, and what follows that where it is. */
function replacement(text: string, document: Document, path: KeyPath, value: Json): Edit {
  const node = document.getIn(path, true);
  if (!isNode(node) || !node.range) throw new Error(`the baseline has no ${path.join('.')}`);
  const [start, until] = node.range;
  const end = start + text.slice(start, until).trimEnd().length;
  const isBlock = Array.isArray(value) && text.startsWith('- ', start);
  const lines = isBlock ? value.map(item => `- ${inFlow(item)}`) : [inFlow(value)];
  return { start, end, text: lines.join(`\n${' '.repeat(columnOf(text, start))}`) };
}

/** A value in one line, with blanks inside the braces of a mapping and none inside the brackets of a list. */
const inFlow = (value: Json): string =>
  stringify(value, {
    collectionStyle: 'flow',
    flowCollectionPadding: !Array.isArray(value),
    lineWidth: 0,
    compat: 'yaml-1.1',
  }).trimEnd();

/** The lines of a comment of this width. */
function comment(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(/\s+/)) {
    if (line !== '#' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
