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

/** Whether anything is of both patterns. */
export function meets(a: string, b: string): boolean {
  const memory = new Map<string, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const told = memory.get(key) ?? step(i, j);
    memory.set(key, told);
    return told;
  };
  const step = (i: number, j: number): boolean => {
    const [one, other] = [a[i], b[j]];
    // A run of either pattern ends here, or takes one more sign of the other one.
    if (one === '*') return from(i + 1, j) || (other !== undefined && from(i, j + 1));
    if (other === '*') return from(i, j + 1) || (one !== undefined && from(i + 1, j));
    if (one === undefined || other === undefined) return one === other;
    return (one === other || one === '?' || other === '?') && from(i + 1, j + 1);
  };
  return from(0, 0);
}

/** Whether a text is a fixed value: without a wildcard, and without a policy variable such as `${aws:username}`. */
export const isFixed = (text: string): boolean => !/[*?]|\$\{/.test(text);
