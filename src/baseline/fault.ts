/** The keys and indexes that lead to a value. */
export type Path = readonly PropertyKey[];

/** Something wrong in a baseline, before it is known where in the file that is. */
export interface Fault {
  readonly path: Path;
  /** Whether the key at the end of the path is what is wrong, or the value. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly suggestion?: string | undefined;
}

/** A value as a message shows it: on one line, not too much of it, and text in quotes if it would be no text without. */
export function quoted(value: unknown): string {
  const isPlain = typeof value === 'string' && !/^(|[\d.]+|true|false|null)$/.test(value);
  const text = isPlain ? value : (JSON.stringify(value) ?? 'nothing');
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return `\`${shown.replaceAll('\n', '⏎')}\``;
}
