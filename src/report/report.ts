import type { Control } from '../findings/control.ts';
import type { Evaluation } from '../findings/evaluate.ts';
import { unauditedSections } from '../findings/sections.ts';
import type { UnknownReason } from '../model/fact.ts';
import type { Finding } from '../model/finding.ts';
import { Region } from '../model/identifiers.ts';
import {
  type ControlCoverage,
  type Report,
  type SeverityCount,
  type StatusCount,
  type SystemSummary,
  systemOf,
} from '../model/report.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { groupBy } from './group-by.ts';

/** What an audit found, before it is counted. */
export interface Audit extends Pick<Report, 'tool' | 'baseline'> {
  readonly catalogue: readonly Control[];
  readonly snapshot: Snapshot;
  readonly evaluation: Evaluation;
  /** The line of each row in the baseline's file. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Counts what an audit found. */
export function report({ tool, baseline, catalogue, snapshot, evaluation, lines }: Audit): Report {
  const { account, regions, takenAt, skippedRegions, calls } = snapshot;
  const findings = evaluation.findings.map(finding => withLine(finding, lines));
  const of = groupBy(findings, ({ control }) => control);
  const controls = catalogue.map(control =>
    coverageOf(control, evaluation.selected.has(control.id), of.get(control.id) ?? []),
  );
  return {
    schemaVersion: 1,
    tool,
    baseline,
    account,
    regions: Object.keys(regions)
      .sort()
      .map(region => Region.parse(region)),
    takenAt,
    summary: {
      status: countStatus(findings),
      failing: countFailing(findings),
      suppressed: findings.filter(({ suppressed }) => suppressed !== undefined).length,
      systems: summarise(findings),
    },
    suppressions: [...evaluation.suppressions],
    coverage: {
      evaluated: controls.filter(({ evaluated }) => evaluated === 'full').length,
      total: controls.length,
      controls,
      unaudited: unauditedSections(catalogue, evaluation.selected),
      skippedRegions,
      calls,
    },
    reach: [...evaluation.reach],
    findings,
  };
}

function withLine(finding: Finding, lines: Audit['lines']): Finding {
  const { row } = finding;
  const line = row && lines.get(row.id);
  return row === undefined || line === undefined ? finding : { ...finding, row: { ...row, line } };
}

function coverageOf(control: Control, selected: boolean, findings: readonly Finding[]): ControlCoverage {
  const status = countStatus(findings);
  const judged = status.pass + status.fail + status['not-applicable'];
  const extent = status.unknown === 0 ? 'full' : judged === 0 ? 'none' : 'part';
  const { id, title, severity, rationale, remediation, sources, frameworks } = control;
  return {
    id,
    title,
    severity,
    rationale,
    remediation,
    sources: [...sources],
    frameworks: Object.fromEntries(Object.entries(frameworks).map(([name, ids]) => [name, [...ids]])),
    evaluated: selected ? extent : 'not-selected',
    reasons: distinct(findings.flatMap(({ reason }) => reason ?? [])),
    status,
  };
}

const distinct = (reasons: readonly UnknownReason[]): UnknownReason[] => [
  ...new Map(reasons.map(reason => [JSON.stringify(reason), reason])).values(),
];

function countStatus(findings: readonly Finding[]): StatusCount {
  const count: StatusCount = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 };
  for (const { status } of findings) count[status] += 1;
  return count;
}

function countFailing(findings: readonly Finding[]): SeverityCount {
  const count: SeverityCount = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { status, severity } of findings) if (status === 'fail') count[severity] += 1;
  return count;
}

const summarise = (findings: readonly Finding[]): SystemSummary[] =>
  [...groupBy(findings, ({ control }) => systemOf(control))].map(([system, findings]) => ({
    system,
    status: countStatus(findings),
    failing: countFailing(findings),
  }));
