import type { Report } from '../../model/report.ts';
import type { Look } from '../look.ts';
import { failing } from './failing.ts';
import { header } from './header.ts';
import { outcome } from './outcome.ts';
import { reach } from './reach.ts';
import { summary } from './summary.ts';
import { suppressions } from './suppressions.ts';
import { unknowns } from './unknowns.ts';

/** The report for people: what was looked at, what fails, what of that is accepted, what is not known, who reaches whom, and the count of it all where the eye ends up. */
export const table = (report: Report, look: Look): string =>
  [header, failing, suppressions, unknowns, reach, summary, outcome]
    .map(section => section(report, look))
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
