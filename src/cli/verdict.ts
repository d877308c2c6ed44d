import type { Finding } from '../model/finding.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { ExitCode } from './exit-codes.ts';

/** What an audit answers to the shell: a finding that fails weighs more than one that is unknown. */
export function verdict(
  findings: readonly Pick<Finding, 'status' | 'severity'>[],
  options: { failOn: Severity; allowUnknown: boolean },
): ExitCode {
  const fails = ({ status, severity }: Pick<Finding, 'status' | 'severity'>) =>
    status === 'fail' && compareSeverity(severity, options.failOn) >= 0;
  if (findings.some(fails)) return ExitCode.findings;
  const isUnknown = findings.some(({ status }) => status === 'unknown');
  return isUnknown && !options.allowUnknown ? ExitCode.unknown : ExitCode.ok;
}
