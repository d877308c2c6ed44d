/** One command in a transcript, and what the screen showed. */
export interface Shown {
  /** Words after ```console: `columns=120`, `color`, or `NAME=value` for the environment. */
  readonly setting: readonly string[];
  /** The state of fixtures/ that the account is in at first (`account=open-database`); absent: no account is asked. */
  readonly account: string | undefined;
  readonly argv: readonly string[];
  readonly output: string;
}

const block = /^```console(.*)\n\$ securecart ?(.*)\n([\s\S]*?)^```$/gm;

/** The commands of a transcript, in their order. */
export const commandsOf = (markdown: string): Shown[] =>
  [...markdown.matchAll(block)].map(([, setting = '', line = '', output = '']) => {
    const words = setting.split(' ').filter(word => word !== '');
    const isAccount = (word: string) => word.startsWith('account=');
    return {
      setting: words.filter(word => !isAccount(word)),
      account: words.find(isAccount)?.slice('account='.length),
      argv: wordsOf(line),
      output,
    };
  });

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
