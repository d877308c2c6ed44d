import {
  Composer,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../model/error.ts';
import { type Fault, quoted } from './fault.ts';

/** In characters. The shipped baseline has some 50,000. */
const longest = 256 * 1024;

/** Collections inside each other. The shipped baseline has some 10. */
const deepest = 64;

/** A file that was parsed: what it says, where it says it, and what it says twice. */
export interface Source {
  readonly value: unknown;
  readonly duplicates: Problem[];
  readonly locate: (fault: Fault) => Problem;
}

interface Flaw {
  offset: number;
  message: string;
  suggestion?: string | undefined;
}

class TooDeep extends Error {}

/** The parser itself keeps a stack of its own, but what composes and reads its documents recurses. */
class BoundedParser extends Parser {
  override *next(lexeme: string) {
    yield* super.next(lexeme);
    if (this.stack.length > deepest) throw new TooDeep();
  }
}

/** Parses a file of one YAML document; gives its value, or all that keeps it from having one. */
export function parseSource(text: string, file: string): Source | Problem[] {
  if (text.length > longest) {
    const message = `the file has ${text.length} characters; a baseline has at most ${longest}`;
    return [{ file, line: 1, column: 1, message, suggestion: 'is this the baseline?' }];
  }
  const lines = new LineCounter();
  const problemAt = ({ offset, ...flaw }: Flaw): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), ...flaw };
  };
  // A byte order mark is no column of its first line.
  const document = compose(text.replace(/^\uFEFF/, ''), lines);
  const flaws = Array.isArray(document) ? document : syntaxFlaws(document);
  if (Array.isArray(document) || flaws.length > 0) return firstOfEachLine(flaws.map(problemAt));
  return {
    value: document.toJS(),
    duplicates: duplicateKeys(document).map(problemAt),
    locate: fault => {
      const { message, suggestion } = fault;
      return problemAt({ offset: offsetOf(document, fault), message, suggestion });
    },
  };
}

function compose(text: string, lines: LineCounter): Document.Parsed | Flaw[] {
  const parser = new BoundedParser(lines.addNewLine);
  const composer = new Composer({ version: '1.2', stringKeys: true, uniqueKeys: false });
  try {
    const [document, second] = composer.compose(parser.parse(text), true, text.length);
    if (second !== undefined) {
      return [
        { offset: second.range[0], message: 'a second document begins here; a baseline is one document' },
      ];
    }
    if (document === undefined || document.contents === null) {
      return [{ offset: 0, message: 'the file is empty', suggestion: 'begin with the line `version: 1`' }];
    }
    return document;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return [{ offset: parser.offset, message: `more than ${deepest} collections lie inside each other` }];
  }
}

function syntaxFlaws(document: Document.Parsed): Flaw[] {
  const flaws = [...document.errors, ...document.warnings].map(({ code, pos, message }) => ({
    offset: pos[0],
    message,
    suggestion: code === 'TAB_AS_INDENT' ? 'indent with spaces' : undefined,
  }));
  visit(document, {
    // They would let a small file say a great deal, and a reader look for a rule elsewhere than where it stands.
    Alias: (_key, { source, range }) => {
      flaws.push({
        offset: range?.[0] ?? 0,
        message: `\`*${source}\` is an alias, and a baseline has none`,
        suggestion: `write out what \`&${source}\` stands for`,
      });
    },
  });
  return flaws;
}

/** Found here, since the parser's own search takes the square of the number of keys. */
function duplicateKeys(document: Document.Parsed): Flaw[] {
  const flaws: Flaw[] = [];
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<unknown>();
      for (const key of map.items.map(({ key }) => key).filter(isScalar)) {
        if (seen.has(key.value)) {
          const message = `the key ${quoted(key.value)} is given twice`;
          flaws.push({ offset: key.range?.[0] ?? 0, message, suggestion: 'remove one of them' });
        }
        seen.add(key.value);
      }
    },
  });
  return flaws;
}

/** One slip makes a YAML parser stumble several times; what follows on the same line is about the same slip. */
function firstOfEachLine(problems: Problem[]): Problem[] {
  const inOrder = problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return inOrder.filter(({ line }, index) => inOrder[index - 1]?.line !== line);
}

/** Where the value at a path begins, or its key; for what is missing, where the mapping begins that lacks it. */
function offsetOf(document: Document.Parsed, { path, at }: Fault): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const { key, value } = childOf(node, step);
    const wanted = at === 'key' && index === path.length - 1 ? key : value;
    offset = wanted?.range?.[0] ?? key?.range?.[0] ?? offset;
    node = value;
  }
  return offset;
}

interface Child {
  key?: Node;
  value?: Node | null;
}

function childOf(node: unknown, step: PropertyKey): Child {
  if (isSeq<Node>(node)) return { value: node.items[Number(step)] };
  return isMap<Node, Node | null>(node) ? (pairsOf(node).get(step) ?? {}) : {};
}

/** A mapping's pairs by their keys: as many problems may be looked for in it as it has keys. */
function pairsOf(map: YAMLMap<Node, Node | null>): Map<unknown, Child> {
  const pairs =
    pairsOfMaps.get(map) ?? new Map(map.items.map(pair => [isScalar(pair.key) && pair.key.value, pair]));
  pairsOfMaps.set(map, pairs);
  return pairs;
}

const pairsOfMaps = new WeakMap<YAMLMap, Map<unknown, Child>>();
