/** A suggestion out of the names that would be right: the one that is meant, where one is near enough, or all. */
export function suggestName(given: unknown, names: readonly string[]): string | undefined {
  const near = typeof given === 'string' ? nearest(given, names) : undefined;
  if (near !== undefined) return `did you mean \`${near}\`?`;
  const [only, ...others] = names;
  if (only === undefined) return undefined;
  return others.length === 0 ? `write \`${only}\`` : `one of ${names.map(name => `\`${name}\``).join(', ')}`;
}

/** The name that is meant, where one is near enough: a third of its letters may be mistyped. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  if (given.length > 100) return undefined;
  const [best] = names
    .map(name => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.ceil(name.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}

/** How many letters must be inserted, deleted or replaced to make `b` of `a` (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of a.split('').entries()) {
    const current = [row + 1];
    for (const [column, other] of b.split('').entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
