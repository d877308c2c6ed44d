import { type JsonFile, readJsonFile } from '../json-file/read.ts';
import { Report } from '../model/report.ts';

const reportFile: JsonFile<Report> = {
  schema: Report,
  version: 1,
  noun: 'report',
  codes: { invalid: 'report-invalid', version: 'report-version' },
  madeBy: 'securecart audit --format json=FILE',
};

/** The report that a file's text holds, as `json` writes it. Throws SecureCartError with every problem of the file and its place. */
export const readReport = (text: string, file: string): Report => readJsonFile(reportFile, text, file);
