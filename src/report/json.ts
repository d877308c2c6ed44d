import type { Report } from '../model/report.ts';

/** The report as JSON, valid against schema/report.json. */
export const json = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
