import { catalogue } from '../../rules/index.ts';
import { main } from '../../src/cli/main.ts';
import type { Finding } from '../../src/model/finding.ts';
import { Report } from '../../src/model/report.ts';
import { callsFor } from '../../src/services/readers.ts';
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

/**
 * The options that select the controls that hang on an IAM action, through the facts that they declare: none for an
 * action that all of them hang on. The others neither read nor may look at what it gives, so a loop over all actions
 * that left them in would do the same reading again and again.
 */
export async function controlsOn(action: string): Promise<string[]> {
  const options = catalogue.map(async ({ id, needs }) => {
    const actions = (await callsFor(needs)).flatMap(call => [call.action, ...(call.also ?? [])]);
    return actions.includes(action) ? ['--control', id] : [];
  });
  return (await Promise.all(options)).flat();
}
