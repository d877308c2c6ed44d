/**
 * Whether a name tells that what it names is a secret: one of its words, or a run of them, ends with one of the words that
 * tell so, as `PGPASSWORD`, `api-key` and `clientSecret` do. A name that ends with what leads to a secret, such as
 * `DB_SECRET_ARN`, tells of none.
 */
export function tellsSecret(name: string, telling: readonly string[]): boolean {
  const words = wordsOf(name);
  if (LEADING.has(words.at(-1) ?? '')) return false;
  const ends = words.map((_, index) => words.slice(0, index + 1).join(''));
  return telling
    .map(word => wordsOf(word).join(''))
    .some(word => ends.some(end => end.endsWith(word) || end.endsWith(`${word}s`)));
}

/** How names end that say where something is, and not what it is. */
const LEADING: ReadonlySet<string> = new Set(['arn', 'endpoint', 'file', 'name', 'path', 'uri', 'url']);

/** The words of a name, however it is written, in lower case. */
const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
