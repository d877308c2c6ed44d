/** What a finished command answers, for a script to tell apart. */
export const ExitCode = {
  ok: 0,
  findings: 1,
  couldNotRun: 2,
  unknown: 3,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What each code means for `audit` and `baseline check`; the README's table is held to this one. */
export const meanings = {
  0: 'no finding at or above `--fail-on` (default: any fail)',
  1: 'findings at or above it',
  2: 'could not run: usage, bad baseline, no credentials',
  3: 'nothing failed, but something could not be evaluated (`--allow-unknown` makes it 0)',
  130: 'interrupted',
} as const satisfies Record<ExitCode, string>;
