import { keyResource } from '../../findings/resources.ts';
import type { Baseline } from '../../model/baseline/baseline.ts';
import { known } from '../../model/fact.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { withStatement } from '../../policy/with-statement.ts';
import { createAlias, createKey } from '../../services/kms/changes.ts';
import type { CustomerKey } from '../../services/kms/facts.ts';
import { about, adopt, build, type Part, type Provision, standIn } from './part.ts';
import type { Site } from './site.ts';
import { trailStatement, usesCustomerKey } from './trail-key.ts';

/** The key of the account that the baseline asks for, by its alias. It is created without rotation, which the mend of a finding turns on. */
export const customerKey: Provision = {
  controls: ['kms/*'],
  needs: ['kms.customerKeys', 'kms.customerKeyTags', 'cloudtrail.trails'],
  build: site => {
    const { audit } = site;
    const wanted = audit.baseline.encryption.key;
    if (wanted === undefined) return {};
    const live = audit.value('kms.customerKeys').find(({ alias }) => alias === wanted.alias);
    return live === undefined ? newKey(site, wanted) : adopt(site, `key ${wanted.alias}`, live.id);
  },
};

/** AWS's list price, the same in every Region (https://aws.amazon.com/kms/pricing/). */
const COST = 'the key costs 1 USD a month; without encryption.key in the baseline none is created';

function newKey(site: Site, { id: row, alias }: NonNullable<Baseline['encryption']['key']>): Part {
  const { audit } = site;
  const id = standIn('customer-key');
  const said = about(site, id, {
    component: row,
    name: alias.slice('alias/'.length),
    title: 'create a key that only the account may use, by its IAM; an undo has KMS delete it after 7 days',
  });
  const named = about(site, standIn('customer-key-alias'), {
    component: row,
    name: alias,
    title: `let ${alias} lead to it`,
  });
  const own = policyOf(`arn:${audit.partition}:iam::${audit.account}:root`);
  const written = usesCustomerKey(site) ? withStatement(own, trailStatement(site)) : own;
  const policy = parsePolicy(written);
  if (policy === undefined) throw new Error("the policy of a new key is not of IAM's grammar");
  const state = { state: 'Enabled', rotation: false, policy, tags: said.tags };
  const key: CustomerKey = {
    alias,
    id,
    key: known({ state: 'Enabled', symmetric: true }),
    rotation: known(false),
    policy: known(policy),
  };
  return build(site, {
    id: 'customer-key',
    title: `create the account's own key, ${alias}`,
    resource: keyResource(audit, key),
    cost: COST,
    changes: [
      createKey('SecureCart: customer data at rest', written, state, said),
      createAlias(alias, id, named),
    ],
    facts: {
      'kms.customerKeys': known([...audit.value('kms.customerKeys'), key]),
      'kms.customerKeyTags': known([
        ...audit.value('kms.customerKeyTags'),
        { key: id, tags: known(said.tags) },
      ]),
    },
  });
}

/** The policy that KMS gives a key of itself: who may use it is for the account's IAM to say. */
const policyOf = (root: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'LeaveItToTheIamOfTheAccount',
        Effect: 'Allow',
        Principal: { AWS: root },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
