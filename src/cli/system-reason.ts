/** Why the system refused a file: of Node's `ENOENT: no such file or directory, open '…'` what the user has not said. */
export function systemReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z]+: ([^,]*), .*$/, '$1');
}
