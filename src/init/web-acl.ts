import { reader } from '../binding/bind.ts';
import { alternatives } from '../findings/waf/step.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { WafRule } from '../model/baseline/waf.ts';
import { need } from '../model/fact.ts';
import type { Facts } from '../services/facts.ts';
import type { IpSet, WebAcl } from '../services/wafv2/facts.ts';
import { type Adoption, doubtful, find, guessed, notFound, type Part } from './adoption.ts';

/** The web ACL before the load balancers, else the one of the document's name, else the only one; and the IP sets by which it blocks. */
export const adoptWebAcl = (baseline: Baseline, facts: Facts): Adoption[] => [
  find({ what: 'the web ACL', at: ['waf', 'name'] }, part => adoptName(part, baseline, facts)),
  ...baseline.waf.rules.flatMap(({ id, statement }, index) => {
    if (statement.kind !== 'ip-sets') return [];
    const part = { what: `the IP sets of ${id}`, at: ['waf', 'rules', index, 'statement', 'sets'] };
    return [find(part, () => adoptIpSets(part, statement.sets, candidates(baseline, facts), facts))];
  }),
];

/** The web ACLs that could be meant, and why. */
interface Candidates {
  readonly acls: readonly WebAcl[];
  readonly because: string;
}

function candidates({ waf }: Baseline, facts: Facts): Candidates {
  const value = reader(facts);
  const all = value('wafv2.webAcls');
  const before = new Set(value('wafv2.associations').map(({ webAcl }) => need(webAcl)));
  const inUse = all.filter(({ arn }) => before.has(arn));
  const acls = inUse.length > 0 ? inUse : all;
  const own = acls.filter(({ name }) => name === waf.name);
  if (acls.length > 1 && own.length > 0) return { acls: own, because: "its name is the document's" };
  return { acls, because: inUse.length > 0 ? 'it stands before a load balancer' : 'there is no other' };
}

function adoptName(part: Part, baseline: Baseline, facts: Facts): Adoption {
  const { acls, because } = candidates(baseline, facts);
  const [only, ...others] = acls;
  if (only === undefined) return notFound(part, 'the Region has none');
  if (others.length > 0) return doubtful(part, namesOf(acls));
  return guessed(part, because, [{ path: part.at, value: only.name }]);
}

const FAMILIES = ['ipv4', 'ipv6'] as const;
type Family = (typeof FAMILIES)[number];
type WantedSets = Extract<WafRule['statement'], { kind: 'ip-sets' }>['sets'];

/** One set of each family, of those whose addresses the web ACL blocks. */
function adoptIpSets(part: Part, wanted: WantedSets, { acls }: Candidates, facts: Facts): Adoption {
  const [acl, ...others] = acls;
  if (acl === undefined || others.length > 0) return notFound(part, 'no one web ACL tells them');
  const blocking = blockedBy(acl, facts);
  const names = namesOf(blocking);
  const hasBoth = names.includes(wanted.ipv4) && names.includes(wanted.ipv6);
  const told = FAMILIES.map(family => ({
    family,
    sets: hasBoth ? [wanted[family]] : namesOf(blocking.filter(set => familyOf(set) === family)),
  }));
  const unclear = told.find(({ sets }) => sets.length > 1);
  if (unclear !== undefined) return doubtful(part, unclear.sets);
  const values = told.flatMap(({ family, sets }) =>
    sets.map(value => ({ path: [...part.at, family], value })),
  );
  if (values.length === 0) return notFound(part, `${acl.name} blocks by none whose family is told`);
  return guessed(part, `${acl.name} blocks their addresses`, values);
}

/** What a client writes into a header is no address that is blocked. */
function blockedBy(acl: WebAcl, facts: Facts): IpSet[] {
  const blocked = need(acl.definition)
    .rules.filter(({ action }) => action === 'block')
    .flatMap(({ statement }) => alternatives(statement))
    .flatMap(one => (one.kind === 'ip-set' && one.forwardedHeader === undefined ? one.arn : []));
  return reader(facts)('wafv2.ipSets').filter(({ arn }) => blocked.includes(arn));
}

/** The family of a set by its addresses; an empty one has only its name to tell it by. */
function familyOf({ name, addresses }: IpSet): Family | undefined {
  const [address] = need(addresses);
  if (address !== undefined) return address.includes(':') ? 'ipv6' : 'ipv4';
  return FAMILIES.find(family => name.includes(family.replace('ip', '')));
}

const namesOf = (named: readonly { readonly name: string }[]): string[] => named.map(({ name }) => name);
