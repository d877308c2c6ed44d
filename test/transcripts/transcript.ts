/** One command in a transcript, and what the screen showed. */
export interface Shown {
  /** Words after ```console: `columns=120`, `color`, or `NAME=value` for the environment. */
  readonly setting: readonly string[];
  readonly argv: readonly string[];
  readonly output: string;
}

const block = /^```console(.*)\n\$ securecart ?(.*)\n([\s\S]*?)^```$/gm;

/** The commands of a transcript, in their order. */
export const commandsOf = (markdown: string): Shown[] =>
  [...markdown.matchAll(block)].map(([, setting = '', line = '', output = '']) => ({
    setting: setting.split(' ').filter(word => word !== ''),
    argv: wordsOf(line),
    output,
  }));

/** The transcript with other outputs, one for each of its commands. */
export function withOutputs(markdown: string, outputs: readonly string[]): string {
  const next = outputs.values();
  return markdown.replace(
    block,
    (_, setting: string, line: string) =>
      `\`\`\`console${setting}\n$ ${['securecart', line].join(' ').trimEnd()}\n${next.next().value ?? ''}\`\`\``,
  );
}

/** A command line in words, as a shell parts them: at blanks, but not within single quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
