import { Tier } from '../../model/baseline/row.ts';
import type { BaselineCheck } from '../../model/baseline-check.ts';

/**
 * The check as a Mermaid flowchart: a box for each tier, an arrow for what passes, dotted where no flow asks for it, and
 * a crossed line for a flow that is blocked.
 */
export function mermaid({ parties, reach, flows }: BaselineCheck): string {
  const outside = parties.filter(({ tier }) => tier === undefined);
  const tiers = Tier.options.flatMap(tier => {
    const inside = parties.filter(party => party.tier === tier);
    return inside.length === 0
      ? []
      : [`  subgraph ${tier}`, ...inside.map(({ name }) => `    ${name}`), '  end'];
  });
  const passing = reach
    .filter(({ family }) => family === 'ipv4')
    .map(
      ({ from, to, services, intended }) =>
        `  ${from} ${intended ? '-->' : '-.->'}|${services.join('; ')}| ${to}`,
    );
  const blocked = flows
    .filter(({ verdict }) => verdict === 'blocked')
    .map(({ from, to, services }) => `  ${from} --x|${services.join('; ')} blocked| ${to}`);
  const lines = [
    'flowchart LR',
    ...outside.map(({ name }) => `  ${name}([${name}])`),
    ...tiers,
    ...passing,
    ...blocked,
  ];
  return `${lines.join('\n')}\n`;
}
