import type { BaselineCheck, Reach } from '../../model/baseline-check.ts';
import type { Look } from '../look.ts';
import { type ReachEntry, reachGrid, servicesInCell } from '../reach-grid.ts';

/** Who reaches whom for what; what no flow asks for has an exclamation mark. */
export function matrix({ reach, parties }: BaselineCheck, look: Look): string[] {
  const clients = parties.filter(
    ({ name, tier }) => tier !== undefined || reach.some(({ from }) => from === name),
  );
  const lines = reachGrid(
    reach.map(entry => entryOf(entry, look)),
    { clients: clients.map(({ name }) => name), servers: parties.map(({ name }) => name) },
    look,
  );
  const legend = look.paint.dim('tcp unless it says otherwise; ! no flow asks for it');
  return reach.some(({ intended }) => !intended) ? [...lines, legend] : lines;
}

const entryOf = ({ services, intended, ...link }: Reach, { paint }: Look): ReachEntry => ({
  ...link,
  lines: [
    {
      text: [servicesInCell(services), ...(intended ? [] : ['!'])].join(' '),
      color: intended ? paint.green : paint.yellow,
    },
  ],
});
