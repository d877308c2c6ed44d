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
  const [best] = names
    .map(name => ({ name, most: Math.ceil(name.length / 3) }))
    .filter(({ name, most }) => Math.abs(name.length - given.length) <= most)
    .map(({ name, most }) => ({ name, most, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ most, distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}

/** How many letters must be inserted, deleted, replaced or swapped with the next (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1, swapped ? at(i - 2, j - 2) + 1 : replaced),
      );
    }
  }
  return at(a.length, b.length);
}
