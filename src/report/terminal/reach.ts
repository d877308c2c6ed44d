import { Component } from '../../model/baseline/row.ts';
import type { ReachComparison, ReachLink } from '../../model/reach-comparison.ts';
import type { Report } from '../../model/report.ts';
import type { Look } from '../look.ts';
import { type ReachEntry, reachGrid, servicesInCell } from '../reach-grid.ts';
import { hang } from '../text.ts';
import { reasonInWords } from './reason.ts';

/** Who reaches whom in each VPC, and where that is not as in the baseline: `+` more, `-` less. */
export const reach = (report: Report, look: Look): string[] =>
  report.reach.flatMap((one, index) => [...(index === 0 ? [] : ['']), ...section(one, look)]);

function section({ region, vpc, parties, links }: ReachComparison, look: Look): string[] {
  const { paint } = look;
  const title = paint.bold(`Who reaches whom in ${vpc} (${region})`);
  if (links.kind === 'unknown') {
    return [title, ...hang('  ', `not known: ${reasonInWords(links.reason)}`, look.width)];
  }
  const clients = parties.filter(
    name => Component.safeParse(name).success || links.value.some(({ from }) => from === name),
  );
  const lines = reachGrid(
    links.value.map(link => entryOf(link, look)),
    { clients, servers: parties },
    look,
  );
  const differs = links.value.some(({ more, less }) => more.length + less.length > 0);
  const legend = differs ? '+ more than in the baseline, - less' : 'as in the baseline';
  return [title, ...lines.map(line => `  ${line}`), paint.dim(`  tcp unless it says otherwise; ${legend}`)];
}

const entryOf = ({ both, more, less, ...link }: ReachLink, { paint }: Look): ReachEntry => ({
  ...link,
  lines: [
    { services: both, mark: '', color: paint.green },
    { services: more, mark: '+', color: paint.red },
    { services: less, mark: '-', color: paint.yellow },
  ].flatMap(({ services, mark, color }) =>
    services.length === 0 ? [] : [{ text: `${mark}${servicesInCell(services)}`, color }],
  ),
});
