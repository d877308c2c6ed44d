/** A name as one word of a command line: AWS lets some names hold blanks, and whoever gave them may not be a friend. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
