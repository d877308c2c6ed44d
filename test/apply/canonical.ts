import type { Fact } from '../../src/model/fact.ts';
import type { RegionFacts } from '../../src/services/facts.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

/** What a snapshot says of an account, without the ids that AWS makes anew when the same is written again, and in one order. */
export const canonicalSnapshot = ({ regions }: Snapshot) =>
  Object.fromEntries(Object.entries(regions).map(([region, facts]) => [region, canonicalFacts(facts)]));

function canonicalFacts(facts: RegionFacts) {
  return {
    ...facts,
    'ec2.securityGroupRules': without(facts['ec2.securityGroupRules'], rule => ({ ...rule, id: undefined })),
    'ec2.networkAcls': without(facts['ec2.networkAcls'], ({ associations, ...acl }) => ({
      ...acl,
      associations: associations.map(({ subnet }) => subnet).sort(),
    })),
  };
}

/** A fact of a list, with every item rewritten, in the order of their texts. */
const without = <Item>(fact: Fact<Item[]> | undefined, rewrite: (item: Item) => object): string[] | object =>
  fact?.kind === 'known' ? fact.value.map(item => JSON.stringify(rewrite(item))).sort() : { ...fact };
