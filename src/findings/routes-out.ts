import type { Baseline } from '../model/baseline/baseline.ts';
import { Tier } from '../model/baseline/row.ts';
import { cidrBlock } from '../network/address.ts';
import type { Route } from '../services/ec2/facts.ts';

/** The tiers that no route may lead to the internet. */
export const closedTiers = ({ network }: Pick<Baseline, 'network'>): Tier[] =>
  Tier.options.filter(tier => !network.tiers[tier].internetRoute);

/**
 * Whether a route leads a closed tier to the internet, whatever its destination: half the internet, or one address of it,
 * is a way out too. A blackhole leads nowhere.
 */
export function leadsOut(
  { target, active }: Route,
  tier: Tier,
  { network }: Pick<Baseline, 'network'>,
): boolean {
  const nat = tier === 'private' && network.egress === 'nat' ? [] : ['nat-'];
  return active && ['igw-', 'eigw-', ...nat].some(prefix => target.startsWith(prefix));
}

/** Whether routes together take every IPv4 address, be it as 0.0.0.0/0 or in parts. */
export function coverIpv4(routes: readonly Route[]): boolean {
  const all = cidrBlock('0.0.0.0/0').peers;
  let reached = all.start;
  const parts = routes.flatMap(({ destination }) =>
    destination.kind === 'ipv4' ? cidrBlock(destination.cidr).peers : [],
  );
  for (const { start, end } of parts.sort((a, b) => (a.start < b.start ? -1 : 1))) {
    if (start <= reached && end > reached) reached = end;
  }
  return reached === all.end;
}
