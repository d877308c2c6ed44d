/** What a finished command answers, for a script to tell apart. */
export const ExitCode = {
  ok: 0,
  findings: 1,
  couldNotRun: 2,
  unknown: 3,
  refused: 3,
  partly: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What each code means for `audit` and `baseline check`; the README's table is held to this one. */
export const auditMeanings = {
  0: 'no finding at or above `--fail-on` (default: any fail)',
  1: 'findings at or above it',
  2: 'could not run: usage, bad baseline, no credentials',
  3: 'nothing failed, but something could not be evaluated (`--allow-unknown` makes it 0)',
  130: 'interrupted',
} as const satisfies Partial<Record<ExitCode, string>>;

/** What each code means for `diff`. */
export const diffMeanings = {
  0: 'nothing new fails at or above --fail-on (default: any fail)',
  1: 'something new fails at or above it, or what failed got that severe',
  2: 'could not run: usage, no report, reports of two accounts',
  3: 'nothing new fails, but something that was judged is not any more (--allow-unknown makes it 0)',
  130: 'interrupted',
} as const satisfies Partial<Record<ExitCode, string>>;

/** What each code means for `fix` and `undo`; the README's table is held to this one too. */
export const mendingMeanings = {
  0: 'done and verified, or nothing to do',
  1: 'gaps remain after applying; with `--plan-only`, changes are pending',
  2: 'could not run: usage, bad baseline, no credentials, or the first change failed; nothing was changed',
  3: 'refused: stale plan, declined, protected, would cut a flow; nothing was changed',
  4: "partly applied; the journal's path is printed",
  130: 'interrupted, journal intact',
} as const satisfies Record<ExitCode, string>;

/** The exit codes as a command's help shows them. */
export const exitCodesHelp = (meanings: Partial<Record<ExitCode, string>>): string =>
  ['', 'Exit codes:', ...Object.entries(meanings).map(([code, meaning]) => `  ${code.padEnd(5)}${meaning}`)]
    .join('\n')
    .replaceAll('`', '');
