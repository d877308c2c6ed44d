import { bind, reader } from '../binding/bind.ts';
import { routeTableOf } from '../findings/subnet-associations.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { need } from '../model/fact.ts';
import type { Facts } from '../services/facts.ts';
import { type Adoption, find, guessed, notFound, type Part } from './adoption.ts';

/** Finds whether the private tier reaches AWS through a NAT gateway too: by where its routes to everywhere lead. */
export const adoptEgress = (baseline: Baseline, facts: Facts): Adoption =>
  find({ what: 'the way out of the private tier', at: ['network', 'egress'] }, part =>
    egressOf(part, gatewaysOf(baseline, facts)),
  );

function egressOf(part: Part, gateways: readonly string[]): Adoption {
  if (gateways.length === 0) return notFound(part, 'none of its routes leads to a NAT gateway');
  return guessed(part, `its routes lead to ${gateways.join(', ')}`, [{ path: part.at, value: 'nat' }]);
}

function gatewaysOf(baseline: Baseline, facts: Facts): string[] {
  const tables = reader(facts)('ec2.routeTables');
  const targets = need(bind(baseline, facts).tiers.private)
    .flatMap(({ id, vpc }) => routeTableOf(id, vpc, tables)?.routes ?? [])
    .flatMap(({ target, active }) => (active && target.startsWith('nat-') ? target : []));
  return [...new Set(targets)].sort();
}
