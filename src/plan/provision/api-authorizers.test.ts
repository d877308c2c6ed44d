import { expect, test } from 'vitest';
import { planToBuild } from '../../../test/apply/provisioned.ts';
import { type Facts, shop } from '../../../test/builders/shop.ts';
import { snapshotOfShop } from '../../../test/builders/snapshot.ts';
import { type Fact, known, unknown } from '../../model/fact.ts';
import type { RestAuthorizer } from '../../services/apigateway/facts.ts';

const withAuthorizers =
  (authorizers: Fact<RestAuthorizer[]>) =>
  (facts: Facts): void => {
    for (const api of facts['apigateway.restApis']) api.authorizers = authorizers;
  };

test.each([
  { name: 'one of the pool', given: () => {}, adopted: ['authorizer of REST API orders: customers'] },
  { name: 'none', given: withAuthorizers(known([])), adopted: [] },
  {
    name: 'nobody knows which',
    given: withAuthorizers(unknown({ kind: 'denied', call: 'apigateway:GetAuthorizers' })),
    adopted: [],
  },
])('an API that has an authorizer: $name', ({ given, adopted }) => {
  const facts = shop();
  given(facts);
  const plan = planToBuild(snapshotOfShop(facts));
  const said = (plan.adopted ?? []).map(({ what, id }) => `${what}: ${id}`);
  expect(said.filter(one => one.startsWith('authorizer'))).toEqual(adopted);
});
