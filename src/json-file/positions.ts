/** How a value is reached from the root of a JSON text. */
export type JsonPath = readonly PropertyKey[];

/** Line and column, from 1; a column counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The places in a tree of paths; `offset` is where the value begins, once it has been seen. */
interface Wanted {
  readonly below: Map<string, Wanted>;
  offset: number | undefined;
}

/**
 * Where the values at these paths begin, in the order of the paths; of a value that is not there, where the nearest one
 * around it begins. One pass over the text, whatever the number of paths: this is for telling errors, not for parsing.
 */
export function positionsOf(text: string, paths: readonly JsonPath[]): Position[] {
  const root: Wanted = { below: new Map(), offset: undefined };
  const ends = paths.map(path => {
    const places = [root];
    for (const step of path) places.push(child(places.at(-1) ?? root, String(step)));
    return places;
  });
  scan(text, root);
  const offsets = ends.map(places => places.findLast(({ offset }) => offset !== undefined)?.offset ?? 0);
  return toPositions(text, offsets);
}

/** Where a text stops being JSON; undefined where it is JSON to its end. */
export function syntaxErrorIn(text: string): Position | undefined {
  const offset = scan(text, { below: new Map(), offset: undefined });
  return offset === undefined ? undefined : toPositions(text, [offset])[0];
}

function child(parent: Wanted, step: string): Wanted {
  const existing = parent.below.get(step);
  if (existing !== undefined) return existing;
  const made: Wanted = { below: new Map(), offset: undefined };
  parent.below.set(step, made);
  return made;
}

/** Sorted once, so that the lines are counted once. */
function toPositions(text: string, offsets: readonly number[]): Position[] {
  const found = new Map<number, Position>();
  let line = 1;
  let start = 0;
  for (const offset of [...offsets].sort((a, b) => a - b)) {
    for (let end = text.indexOf('\n', start); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
      line += 1;
      start = end + 1;
    }
    found.set(offset, { line, column: offset - start + 1 });
  }
  return offsets.map(offset => found.get(offset) ?? { line: 1, column: 1 });
}

/** An object or a list that is open; `step` is where in it the scan is. */
interface Frame {
  readonly closer: '}' | ']';
  readonly wanted: Wanted | undefined;
  step: string | number;
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or closer' | 'end';

const characters = '[ !#-[\\]-\\u{10ffff}]*';
const token = new RegExp(
  `[ \\t\\n\\r]*([{}[\\],:]|"${characters}(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})${characters})*"|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null|$)`,
  'uy',
);

/** Notes where the wanted values begin. Gives the offset at which the text stops being JSON, if it does. */
function scan(text: string, root: Wanted): number | undefined {
  const frames: Frame[] = [];
  let expected: Expected = 'value';
  token.lastIndex = 0;
  for (;;) {
    const before = token.lastIndex;
    const word = token.exec(text)?.[1];
    if (word === undefined) return before + (/^[ \t\n\r]*/.exec(text.slice(before))?.[0].length ?? 0);
    const offset = token.lastIndex - word.length;
    if (expected === 'end') return word === '' ? undefined : offset;
    const next = advance(expected, word, offset, frames, root);
    if (next === undefined) return offset;
    expected = next;
  }
}

/** What may follow this word where it is itself expected; undefined where it is not. */
function advance(
  expected: Exclude<Expected, 'end'>,
  word: string,
  offset: number,
  frames: Frame[],
  root: Wanted,
): Expected | undefined {
  const frame = frames.at(-1);
  const isCloser = word === frame?.closer && ['value or ]', 'key or }', 'comma or closer'].includes(expected);
  if (isCloser) {
    frames.pop();
    return frames.length === 0 ? 'end' : 'comma or closer';
  }
  switch (expected) {
    case 'value':
    case 'value or ]':
      return beginValue(word, offset, frames, root);
    case 'key':
    case 'key or }':
      if (frame === undefined || !word.startsWith('"')) return undefined;
      frame.step = String(JSON.parse(word));
      return 'colon';
    case 'colon':
      return word === ':' ? 'value' : undefined;
    case 'comma or closer':
      if (frame === undefined || word !== ',') return undefined;
      if (typeof frame.step === 'string') return 'key';
      frame.step += 1;
      return 'value';
    default:
      return expected satisfies never;
  }
}

function beginValue(word: string, offset: number, frames: Frame[], root: Wanted): Expected | undefined {
  const frame = frames.at(-1);
  const wanted = frame === undefined ? root : frame.wanted?.below.get(String(frame.step));
  if (wanted !== undefined) wanted.offset = offset;
  if (word === '{') {
    frames.push({ closer: '}', wanted, step: '' });
    return 'key or }';
  }
  if (word === '[') {
    frames.push({ closer: ']', wanted, step: 0 });
    return 'value or ]';
  }
  if (word === '' || ',:]}'.includes(word)) return undefined;
  return frame === undefined ? 'end' : 'comma or closer';
}
