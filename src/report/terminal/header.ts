import type { Report } from '../../model/report.ts';
import { groupBy } from '../group-by.ts';
import type { Look } from '../look.ts';
import { hang } from '../text.ts';
import { reasonInWords } from './reason.ts';

/** What was looked at: the account, its Regions, the baseline, and when. */
export function header(report: Report, look: Look): string[] {
  const { account } = report;
  const facts: [string, string][] = [
    ['account', account.kind === 'known' ? account.value.id : `not known: ${reasonInWords(account.reason)}`],
    ...(account.kind === 'known' ? [['caller', account.value.caller] satisfies [string, string]] : []),
    ['regions', report.regions.join(', ') || 'none'],
    ...skipped(report),
    ['baseline', baselineInWords(report)],
    ['taken', `${report.takenAt.slice(0, 10)} ${report.takenAt.slice(11, 19)} UTC`],
  ];
  return [
    look.paint.bold('SecureCart audit'),
    ...facts.flatMap(([label, text]) => hang(look.paint.dim(`  ${label.padEnd(10)}`), text, look.width)),
  ];
}

/** The Regions that were not read, those of one reason together. */
const skipped = ({ coverage }: Report): [string, string][] =>
  [...groupBy(coverage.skippedRegions, ({ reason }) => reasonInWords(reason))].map(([reason, skips]) => [
    'skipped',
    `${skips.map(({ region }) => region).join(', ')}: ${reason}`,
  ]);

/** The baseline in words: its name, its file, and whether derived rows are taken. */
export function baselineInWords({ baseline, tool }: Pick<Report, 'baseline' | 'tool'>): string {
  const from = baseline.file ?? `shipped with securecart ${tool.version}, since none was given`;
  const rows = baseline.literal ? 'the document alone, as it is written' : 'the document and derived rows';
  return `${baseline.name} (${from}; sha256 ${baseline.digest.slice(0, 12)}), ${rows}`;
}
