/** Whether a glob selects a control: `*` is any run of characters, so that `security-group/*` and `*-ingress` both work. */
export function selects(glob: string, control: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return glob === control;
  if (!control.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = control.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return control.length - last.length >= at && control.endsWith(last);
}
