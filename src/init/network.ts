import { reader } from '../binding/bind.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { Tier } from '../model/baseline/row.ts';
import { attempt } from '../model/fact.ts';
import type { Region } from '../model/identifiers.ts';
import type { Facts } from '../services/facts.ts';
import { type Adoption, guessed, notFound, notRead } from './adoption.ts';
import { type Evidence, guessTiers, type Placed, type TierGuess } from './tiers.ts';
import { homeOf } from './vpc.ts';

/** The network of a baseline as an account has it. */
export interface AdoptedNetwork {
  readonly adoptions: readonly Adoption[];
  /** The baseline with that network. */
  readonly baseline: Baseline;
}

const VPC = { what: 'the VPC', at: ['network', 'vpc', 'cidr'] };
const TIERS = { what: 'the tiers', at: ['network', 'tiers'] };

/**
 * Finds the VPC and its tiers. They are adopted together or not at all, since each lies in the other; the rows of the
 * baseline name them and no CIDR, so that they follow. Throws a SecureCartError where only the user can tell.
 */
export function adoptNetwork(
  baseline: Baseline,
  facts: Facts,
  { region, vpc: named }: { region: Region; vpc: string | undefined },
): AdoptedNetwork {
  const unchanged = (...adoptions: Adoption[]): AdoptedNetwork => ({ adoptions, baseline });
  const home = attempt(() => homeOf(baseline, facts, named));
  if (home.kind === 'unknown') return unchanged(notRead(VPC, home.reason));
  if (home.value === undefined) return unchanged(notFound(VPC, 'the Region has none'));
  const { vpc, because } = home.value;
  const value = reader(facts);
  const layout = attempt(() =>
    guessTiers({
      vpc,
      region,
      subnets: value('ec2.subnets'),
      document: baseline.network,
      tables: value('ec2.routeTables'),
      acls: value('ec2.networkAcls'),
      databases: value('rds.dbInstances'),
    }),
  );
  const id = { path: ['network', 'vpc', 'id'], value: vpc.id };
  const bound = (...more: Adoption['values']) => guessed(VPC, because, [id, ...more]);
  if (layout.kind === 'unknown') return unchanged(bound(), notRead(TIERS, layout.reason));
  const tiers = layout.value;
  if (tiers === undefined)
    return unchanged(bound(), notFound(TIERS, `${vpc.id} has no room for one that is missing`));
  const [cidr = ''] = vpc.cidrs;
  return {
    adoptions: [
      bound({ path: VPC.at, value: cidr }),
      ...Tier.options.map(tier => adoptTier(tier, tiers[tier])),
    ],
    baseline: { ...baseline, network: withTiers(baseline.network, { id: vpc.id, cidr }, tiers) },
  };
}

const withTiers = (
  network: Baseline['network'],
  vpc: Baseline['network']['vpc'],
  tiers: Readonly<Record<Tier, TierGuess>>,
): Baseline['network'] => {
  const layout = (tier: Tier) => ({
    ...network.tiers[tier],
    cidr: tiers[tier].cidr,
    subnets: tiers[tier].subnets,
  });
  return {
    ...network,
    vpc,
    tiers: { public: layout('public'), private: layout('private'), database: layout('database') },
  };
};

const TOLD_BY = {
  document: "of the document's addresses, in which they lie",
  route: 'of their route to an internet gateway',
  database: 'RDS stands in them',
  rest: 'they have neither a route to an internet gateway nor a database',
} as const satisfies Record<Evidence, string>;

const NOT_THERE = {
  public: 'no subnet has a route to an internet gateway',
  private: 'every subnet is of another tier',
  database: 'RDS stands in none of the subnets',
} as const satisfies Record<Tier, string>;

function adoptTier(tier: Tier, { cidr, subnets, live, apart }: TierGuess): Adoption {
  const path = ['network', 'tiers', tier];
  const part = { what: `the ${tier} tier`, at: [...path, 'cidr'] };
  const values = [
    { path: part.at, value: cidr },
    { path: [...path, 'subnets'], value: subnets },
  ];
  if (live.length === 0) return { ...notFound(part, `${NOT_THERE[tier]}; these addresses are free`), values };
  const left = apart.map(subnet => `${subnet.id} (${subnet.cidr ?? ''})`).join(', ');
  const but =
    left === '' ? '' : `; left out, since one CIDR around all would take in another tier's: ${left}`;
  return guessed(part, reasonOf(live) + but, values);
}

/** The subnets of a tier by what told them. */
function reasonOf(live: readonly Placed[]): string {
  const kinds = [...new Set(live.map(({ evidence }) => evidence))];
  const said = kinds.map(kind => {
    const ids = live.flatMap(({ subnet, evidence }) => (evidence === kind ? [subnet.id] : []));
    return `${TOLD_BY[kind]}: ${ids.join(', ')}`;
  });
  return said.join('; ');
}
