import { count } from '../model/count.ts';
import type { Fact } from '../model/fact.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Look } from './look.ts';
import { reasonInWords } from './terminal/reason.ts';
import { hang } from './text.ts';

/** What a snapshot holds, in a line, and what it lacks; `unknown` counts the facts and Regions that could not be read. */
export function snapshotSummary(snapshot: Snapshot, look: Look): { text: string; unknown: number } {
  const facts = [
    ...Object.entries(snapshot.global).map(([name, fact]) => ({ what: name, fact })),
    ...Object.entries(snapshot.regions).flatMap(([region, facts]) =>
      Object.entries(facts).map(([name, fact]) => ({ what: `${name} in ${region}`, fact })),
    ),
  ];
  const all: { what: string; fact: Fact<unknown> }[] = [
    { what: 'the account', fact: snapshot.account },
    ...facts,
  ];
  const lacks = [
    ...all.flatMap(({ what, fact }) => (fact.kind === 'unknown' ? [{ what, reason: fact.reason }] : [])),
    // A Region that was not read has been asked for and is not enabled: there is nothing in it.
    ...snapshot.skippedRegions.flatMap(({ region, reason }) =>
      reason.kind === 'not-read' ? [] : [{ what: region, reason }],
    ),
  ];
  const { made, throttled } = snapshot.calls;
  const regions = count(Object.keys(snapshot.regions).length, 'Region');
  const lines = [
    `${count(facts.length, 'fact')} of ${regions}; ${count(made, 'call')}, ${throttled} throttled`,
    ...lacks.flatMap(({ what, reason }) =>
      hang(`${look.paint.magenta(look.signs.unknown)} `, `${what}: ${reasonInWords(reason)}`, look.width),
    ),
  ];
  return { text: `${lines.join('\n')}\n`, unknown: lacks.length };
}
