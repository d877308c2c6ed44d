/**
 * Whether all that `inner` stands for, `outer` stands for too. In both `*` is any run of characters and `?` any one. It
 * never says so wrongly; of two patterns that only together say the same it may not say so.
 */
export function covers(outer: string, inner: string): boolean {
  const memory = new Map<string, boolean>();
  const from = (o: number, i: number): boolean => {
    const key = `${o} ${i}`;
    const told = memory.get(key) ?? step(o, i);
    memory.set(key, told);
    return told;
  };
  const step = (o: number, i: number): boolean => {
    const [wanted, given] = [outer[o], inner[i]];
    if (wanted === undefined) return given === undefined;
    // A run of the outer pattern ends here, or takes one more sign of the inner one, its wildcards included.
    if (wanted === '*') return from(o + 1, i) || (given !== undefined && from(o, i + 1));
    if (given === undefined || given === '*') return false;
    return (wanted === '?' || wanted === given) && from(o + 1, i + 1);
  };
  return from(0, 0);
}

/** Whether a text is a fixed value: without a wildcard, and without a policy variable such as `${aws:username}`. */
export const isFixed = (text: string): boolean => !/[*?]|\$\{/.test(text);
