/** The messages of a table that are not named: for a control that tells some messages of a table that several share. */
export const others = (messages: Readonly<Record<string, string>>, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(messages).filter(([name]) => !names.includes(name)));
