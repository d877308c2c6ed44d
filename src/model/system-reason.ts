/** Why the system refused a file: of Node's `ENOENT: no such file or directory, open '…'` what the user has not said. */
export function systemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.replace(/^[A-Z]+: ([^,]*), .*$/, '$1');
  return reason === 'illegal operation on a directory' ? 'it is a directory' : reason;
}
