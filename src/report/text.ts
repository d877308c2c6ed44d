import stringWidth from 'string-width';

/**
 * The text with what could steer a terminal made visible: names and tags come from the account, and whoever wrote
 * them may not be a friend of whoever reads the report.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, character => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });

/** The columns that a text takes; colours take none. */
export const widthOf = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);

/**
 * The text in lines of at most `width` columns, parted at blanks only: a word that is wider, such as an ARN, is left
 * whole for the terminal to wrap, so that it can be copied.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of printable(text).split(' ').entries()) {
    const joined = index === 0 ? word : `${line} ${word}`;
    if (index === 0 || widthOf(joined) <= width) {
      line = joined;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Lines that begin with `first`, then hang below its end: a label and its text, a bullet and its sentence. */
export function hang(
  first: string,
  text: string,
  width: number,
  paint: (line: string) => string = line => line,
): string[] {
  const indent = widthOf(first);
  return wrap(text, Math.max(20, width - indent)).map(
    (line, index) => (index === 0 ? first : ' '.repeat(indent)) + paint(line),
  );
}
