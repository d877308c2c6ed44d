import { bind, reader } from '../binding/bind.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { need } from '../model/fact.ts';
import type { Region } from '../model/identifiers.ts';
import type { Facts } from '../services/facts.ts';
import { type Adoption, find, guessed, notFound, type Part } from './adoption.ts';

/** Adds the interface endpoints of the private tier to those of the document, which the rows for backend and functions stand on. */
export const adoptEndpoints = (baseline: Baseline, facts: Facts, region: Region): Adoption =>
  find({ what: 'the interface endpoints', at: ['network', 'endpoints', 'interface'] }, part =>
    adoptInterfaces(part, baseline, servicesIn(baseline, facts, region)),
  );

function adoptInterfaces(part: Part, { network }: Baseline, live: readonly string[]): Adoption {
  const wanted = network.endpoints.interface;
  if (live.length === 0) return notFound(part, 'the private tier has none');
  const more = live.filter(service => !wanted.includes(service));
  const missing = wanted.filter(service => !live.includes(service));
  const differences = [
    ...(more.length > 0 ? [`has ${more.join(', ')} besides`] : []),
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
  ];
  const because = `the private tier ${differences.join(' and ') || 'has them all'}`;
  return guessed(part, because, more.length > 0 ? [{ path: part.at, value: [...wanted, ...more] }] : []);
}

/** The services of AWS's with an interface endpoint in the private tier, each by the name that a baseline gives it. */
function servicesIn(baseline: Baseline, facts: Facts, region: Region): string[] {
  const tier = need(bind(baseline, facts).tiers.private).map(({ id }) => id);
  const services = reader(facts)('ec2.vpcEndpoints').flatMap(({ type, service, state, subnets }) => {
    const [, place, name] = OF_AWS.exec(service) ?? [];
    const isThere = type === 'Interface' && THERE.has(state.toLowerCase());
    const isServed = isThere && place === region && subnets.some(id => tier.includes(id));
    return isServed && name !== undefined ? name : [];
  });
  return [...new Set(services)].sort();
}

/** The states of an endpoint that serves, or soon will; AWS lists one that is gone for a while. */
const THERE: ReadonlySet<string> = new Set(['available', 'pending']);

/** The name of a service of AWS's, with its Region; in China some begin with `cn`. */
const OF_AWS = /^(?:cn\.)?com\.amazonaws\.([^.]+)\.(.+)$/;
