import { componentFacts } from '../binding/binding.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { Region } from '../model/identifiers.ts';
import type { FactName, Facts } from '../services/facts.ts';
import type { Adoption } from './adoption.ts';
import { adoptComponents } from './components.ts';
import { adoptEgress } from './egress.ts';
import { adoptEndpoints } from './endpoints.ts';
import { adoptNames } from './names.ts';
import { adoptNetwork } from './network.ts';

/** What a baseline is adopted by. */
export const adoptionFacts = [
  ...componentFacts,
  'ec2.routeTables',
  'ec2.networkAcls',
  'ec2.securityGroupRules',
  'wafv2.webAcls',
  'wafv2.associations',
  'wafv2.ipSets',
  'kms.customerKeys',
  'cognito.userPools',
  's3.buckets',
] as const satisfies readonly FactName[];

/** What of an account a baseline could speak of, in the order of the file. Throws a SecureCartError where only the user can tell which VPC is meant. */
export function adopt(
  baseline: Baseline,
  facts: Facts,
  where: { region: Region; vpc: string | undefined },
): Adoption[] {
  const network = adoptNetwork(baseline, facts, where);
  return [
    ...network.adoptions,
    adoptEgress(network.baseline, facts),
    adoptEndpoints(network.baseline, facts, where.region),
    ...adoptComponents(network.baseline, facts),
    ...adoptNames(network.baseline, facts),
  ];
}
