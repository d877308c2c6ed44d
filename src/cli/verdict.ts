import type { Applied } from '../apply/apply.ts';
import type { Comparison, Difference } from '../model/comparison.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { ExitCode } from './exit-codes.ts';

type Judged = Pick<Finding, 'status' | 'severity' | 'suppressed'>;

/** What an audit answers to the shell: a finding that fails weighs more than one that is unknown, and one that is suppressed nothing. */
export function verdict(
  { account, findings }: { account: Pick<Report['account'], 'kind'>; findings: readonly Judged[] },
  options: { failOn: Severity; allowUnknown: boolean },
): ExitCode {
  const fails = ({ status, severity, suppressed }: Judged) =>
    status === 'fail' && suppressed === undefined && compareSeverity(severity, options.failOn) >= 0;
  if (findings.some(fails)) return ExitCode.findings;
  // A report that cannot say whose account it is about has something unknown in it as well.
  const isUnknown = account.kind === 'unknown' || findings.some(({ status }) => status === 'unknown');
  return isUnknown && !options.allowUnknown ? ExitCode.unknown : ExitCode.ok;
}

/** What a comparison answers to the shell: what failed before is no matter, and what cannot be seen any more may have got worse. */
export function verdictOfComparison(
  { differences }: Pick<Comparison, 'differences'>,
  options: { failOn: Severity; allowUnknown: boolean },
): ExitCode {
  const isNew = ({ fate, after }: Difference) =>
    (fate === 'new' || fate === 'worse') &&
    after !== undefined &&
    compareSeverity(after.severity, options.failOn) >= 0;
  if (differences.some(isNew)) return ExitCode.findings;
  const isUnknown = differences.some(({ fate }) => fate === 'unknown' || fate === 'unjudged');
  return isUnknown && !options.allowUnknown ? ExitCode.unknown : ExitCode.ok;
}

/** What a fix, an apply or an undo answers to the shell: whether the account is changed weighs more than why the run ended. */
export function verdictOfRun(applied: Applied): ExitCode {
  const { done, failures, interrupted, notFixed, gaps, takenBack, unverified } = applied;
  if (interrupted) return ExitCode.interrupted;
  if (unverified !== undefined) return ExitCode.partly;
  if (takenBack !== undefined) {
    if ('refused' in takenBack || takenBack.failures.length > 0) return ExitCode.partly;
    if (takenBack.interrupted) return ExitCode.interrupted;
  }
  if (failures.length > 0) {
    if (done.length > 0 || failures.some(({ kind }) => kind === 'unknown' || kind === 'given-up'))
      return ExitCode.partly;
    const isRefused = failures.every(({ kind }) => kind === 'moved' || kind === 'unlocked');
    return isRefused ? ExitCode.refused : ExitCode.couldNotRun;
  }
  return notFixed.length > 0 || gaps.length > 0 ? ExitCode.findings : ExitCode.ok;
}
