import { main } from '../../src/cli/main.ts';
import type { Finding } from '../../src/model/finding.ts';
import { Report } from '../../src/model/report.ts';
import { fakeWorld } from '../builders/world.ts';

/** What an audit of the account that the environment names says. */
export interface Audited {
  readonly code: number;
  /** Standard output: the report as JSON. */
  readonly text: string;
  readonly report: Report;
}

/** Audits in this process, which spares the start; time stands still, so that two reports can be compared. */
export async function audit(...options: string[]): Promise<Audited> {
  const { world, stdout, stderr } = fakeWorld();
  const code = await main(['audit', '--format', 'json', ...options], world);
  if (stderr() !== '') throw new Error(stderr());
  return { code, text: stdout(), report: Report.parse(JSON.parse(stdout())) };
}

/** The findings of a status, by what they are about: an id changes where the account is not known. */
export const withStatus = ({ findings }: Report, status: Finding['status']): Set<string> =>
  new Set(
    findings
      .filter(finding => finding.status === status)
      .map(({ control, region, resource: { type, id }, key }) =>
        [control, region, type, type === 'AWS::::Account' ? '' : id, key].join(' '),
      ),
  );
