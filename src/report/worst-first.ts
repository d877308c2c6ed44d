import type { Finding } from '../model/finding.ts';
import type { ControlCoverage, Report } from '../model/report.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { groupBy } from './group-by.ts';

/** A control that fails, with its failing findings, the worst first. */
export interface Failing {
  readonly control: ControlCoverage;
  readonly severity: Severity;
  readonly findings: readonly Finding[];
}

/** The controls that fail, the worst first; suppressed findings are left out, since each form tells of them elsewhere. */
export function worstFirst({ findings, coverage }: Report): Failing[] {
  const fails = groupBy(
    findings.filter(({ status, suppressed }) => status === 'fail' && suppressed === undefined),
    ({ control }) => control,
  );
  return coverage.controls
    .flatMap(control => {
      const sorted = (fails.get(control.id) ?? []).toSorted((a, b) =>
        compareSeverity(b.severity, a.severity),
      );
      const [worst] = sorted;
      return worst === undefined ? [] : [{ control, severity: worst.severity, findings: sorted }];
    })
    .toSorted((a, b) => compareSeverity(b.severity, a.severity));
}
