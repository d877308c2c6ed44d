import { count } from '../model/count.ts';

/** GitHub takes no comment of more characters; GitLab and job summaries take more. */
const mostCharacters = 65_536;

/**
 * A comment in Markdown: its beginning, as many of the sections as there is room for, how many there is none for, and its
 * end. Only sections are left out; `what` is what one is called.
 */
export function comment(
  begin: readonly string[],
  sections: readonly string[],
  end: readonly string[],
  what: string,
): string {
  const left = (amount: number) => `… and ${count(amount, what)}: no room is left.`;
  const fixed = [...begin, left(sections.length), ...end].join('\n\n').length + 1;
  let taken = fixed;
  const fit = sections.findIndex(text => {
    taken += text.length + 2;
    return taken > mostCharacters;
  });
  const shown = fit < 0 ? sections : [...sections.slice(0, fit), left(sections.length - fit)];
  return `${[...begin, ...shown, ...end].filter(text => text !== '').join('\n\n')}\n`;
}
