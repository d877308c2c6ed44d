import type { IpFamily } from '../model/packet.ts';
import { grid } from './grid.ts';
import type { Look } from './look.ts';
import { widthOf, wrap } from './text.ts';

/** Columns that a cell may take before it is wrapped. */
const CELL = 14;

/** What is said of a client and a server over one family, a line for each colour. */
export interface ReachEntry {
  readonly from: string;
  readonly to: string;
  readonly family: IpFamily;
  readonly lines: readonly { readonly text: string; readonly color: (text: string) => string }[];
}

/**
 * Clients in rows and servers in columns, both in the order in which they are given, as far as somebody reaches them; as
 * a list where the terminal is too narrow for the columns.
 */
export function reachGrid(
  all: readonly ReachEntry[],
  { clients, servers }: { clients: readonly string[]; servers: readonly string[] },
  look: Look,
): string[] {
  const { paint, signs, width } = look;
  const entries = all.filter(entry => !isSameOverIpv4(entry, all));
  if (entries.length === 0) return ['nobody reaches anybody'];
  const columns = servers.filter(name => entries.some(({ to }) => to === name));
  const cell = (from: string, to: string) => {
    const lines = entries.filter(entry => entry.from === from && entry.to === to).flatMap(linesOf);
    if (lines.length === 0) return paint.dim(signs.none);
    return lines.flatMap(({ text, color }) => wrap(text, CELL).map(line => color(line))).join('\n');
  };
  const lines = grid(
    [
      [paint.dim(`from ${signs.arrow} to`), ...columns.map(server => paint.dim(server))],
      ...clients.map(client => [client, ...columns.map(server => cell(client, server))]),
    ],
    ['left', ...columns.map(() => 'left' as const)],
  );
  if (lines.every(line => widthOf(line) + 2 <= width)) return lines;
  return entries.flatMap(entry =>
    linesOf(entry).map(({ text, color }) => `${entry.from} ${signs.arrow} ${entry.to}  ${color(text)}`),
  );
}

const linesOf = ({ lines, family }: ReachEntry): ReachEntry['lines'] =>
  family === 'ipv4' ? lines : lines.map(line => ({ ...line, text: `${line.text} IPv6` }));

/** Groups speak of both families at once, so that most of IPv6 says again what IPv4 says. */
const isSameOverIpv4 = (entry: ReachEntry, all: readonly ReachEntry[]): boolean =>
  entry.family === 'ipv6' &&
  all.some(
    other =>
      other.family === 'ipv4' &&
      other.from === entry.from &&
      other.to === entry.to &&
      textOf(other) === textOf(entry),
  );

const textOf = ({ lines }: ReachEntry): string => lines.map(({ text }) => text).join('\n');

/** Services in words of which tcp goes without saying. */
export const servicesInCell = (services: readonly string[]): string =>
  services.map(service => service.replace(/^tcp /, '')).join('; ');
