import { stringify } from 'csv-stringify/sync';
import type { Finding } from '../model/finding.ts';
import { type Report, systemOf } from '../model/report.ts';
import { proofOf, whyUnknown } from './finding-words.ts';
import { printable } from './text.ts';

/** The columns, in their order; a new one goes to the end, since whoever reads the file may count them. */
const columns = {
  status: ({ status }) => status,
  severity: ({ severity }) => severity,
  system: ({ control }) => systemOf(control),
  control: ({ control }) => control,
  title: ({ control }, titles) => titles.get(control),
  account: ({ account }) => account,
  region: ({ region }) => region,
  resource_type: ({ resource }) => resource.type,
  resource_arn: ({ resource }) => resource.arn,
  resource_id: ({ resource }) => resource.id,
  resource_name: ({ resource }) => resource.name,
  message: ({ message }) => message,
  expected: ({ expected }) => expected,
  actual: ({ actual }) => actual,
  packet: finding => proof(finding, 'packet'),
  rules: finding => proof(finding, 'rules'),
  row: ({ row }) => row?.id,
  row_origin: ({ row }) => row?.origin,
  unknown_because: ({ reason }) => reason && whyUnknown(reason),
  suppressed_by: ({ suppressed }) => suppressed?.by,
  suppressed_until: ({ suppressed }) => suppressed?.expires,
  id: ({ id }) => id,
} as const satisfies Record<
  string,
  (finding: Finding, titles: ReadonlyMap<Finding['control'], string>) => string | undefined
>;

/** The report as CSV (RFC 4180): a line for each finding, whatever its status, in the report's order. */
export function csv({ findings, coverage }: Report): string {
  const titles = new Map(coverage.controls.map(({ id, title }) => [id, title]));
  const rows = findings.map(finding =>
    Object.values(columns).map(cell => printable(cell(finding, titles) ?? '')),
  );
  return stringify([Object.keys(columns), ...rows], {
    record_delimiter: 'windows',
    // A spreadsheet would compute a cell that begins with = + - or @, and names of the account are not ours.
    escape_formulas: true,
  });
}

const proof = (finding: Finding, of: string): string | undefined =>
  proofOf(finding).find(([label]) => label === of)?.[1];
