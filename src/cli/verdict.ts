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
