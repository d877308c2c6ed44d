import type { BaselineCheck, Reach } from '../../model/baseline-check.ts';
import { grid } from '../grid.ts';
import type { Look } from '../look.ts';
import { widthOf, wrap } from '../text.ts';

/** Columns that a cell may take before it is wrapped. */
const CELL = 14;

/**
 * Who reaches whom for what, clients in rows and servers in columns; what no flow asks for has an exclamation mark, and
 * tcp goes without saying. As a list where the terminal is too narrow for the columns.
 */
export function matrix(check: BaselineCheck, look: Look): string[] {
  const { paint, signs, width } = look;
  const reach = check.reach.filter(entry => !isSameOverIpv4(entry, check.reach));
  if (reach.length === 0) return ['nobody reaches anybody'];
  const names = check.parties.map(({ name }) => name);
  const servers = names.filter(name => reach.some(({ to }) => to === name));
  const clients = check.parties.filter(
    ({ name, tier }) => tier !== undefined || reach.some(({ from }) => from === name),
  );
  const cell = (from: string, to: string) => {
    const found = reach.filter(entry => entry.from === from && entry.to === to);
    return found.length === 0 ? paint.dim(signs.none) : found.map(entry => cellOf(entry, look)).join('\n');
  };
  const lines = grid(
    [
      [paint.dim(`from ${signs.arrow} to`), ...servers.map(server => paint.dim(server))],
      ...clients.map(({ name }) => [name, ...servers.map(server => cell(name, server))]),
    ],
    ['left', ...servers.map(() => 'left' as const)],
  );
  const legend = reach.some(({ intended }) => !intended)
    ? [paint.dim('tcp unless it says otherwise; ! no flow asks for it')]
    : [];
  const fits = lines.every(line => widthOf(line) + 2 <= width);
  return [
    ...(fits ? lines : reach.map(entry => `${entry.from} ${signs.arrow} ${entry.to}  ${textOf(entry)}`)),
    ...legend,
  ];
}

/** Groups speak of both families at once, so that most of IPv6 says again what IPv4 says. */
const isSameOverIpv4 = (entry: Reach, reach: readonly Reach[]): boolean =>
  entry.family === 'ipv6' &&
  reach.some(
    other =>
      other.family === 'ipv4' &&
      other.from === entry.from &&
      other.to === entry.to &&
      other.services.join() === entry.services.join(),
  );

function cellOf(entry: Reach, { paint }: Look): string {
  const color = entry.intended ? paint.green : paint.yellow;
  return wrap(textOf(entry), CELL)
    .map(line => color(line))
    .join('\n');
}

function textOf({ services, family, intended }: Reach): string {
  const text = services.map(service => service.replace(/^tcp /, '')).join('; ');
  return [text, ...(family === 'ipv6' ? ['IPv6'] : []), ...(intended ? [] : ['!'])].join(' ');
}
