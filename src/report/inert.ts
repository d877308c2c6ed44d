import { printable } from './text.ts';

/**
 * The text as Markdown that shows just it, wherever it stands in a line or a table: it makes no markup, HTML, link,
 * mention or reference. What is escaped by a backslash GitHub still takes for a mention or an issue, since it looks for
 * those in what is drawn: a comment parts them.
 */
export const inert = (text: string): string =>
  printable(text)
    .replace(/[\\`*_{}[\]<>|~&$!]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replace(/[@#]/g, '$&<!-- -->');
