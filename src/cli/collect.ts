/** Adds an option's value to those before: how commander lets an option be repeated. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];
