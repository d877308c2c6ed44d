import { reader } from '../binding/bind.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { need } from '../model/fact.ts';
import type { Facts } from '../services/facts.ts';
import { type Adoption, doubtful, find, guessed, notFound, type Part } from './adoption.ts';
import { adoptUserPools } from './user-pools.ts';
import { adoptWebAcl } from './web-acl.ts';

/** Finds what the baseline knows by a name or a tag: the web ACL, the customer key, the buckets with customer data, the user pools. */
export const adoptNames = (baseline: Baseline, facts: Facts): Adoption[] => [
  ...adoptWebAcl(baseline, facts),
  ...adoptKey(baseline, facts),
  find({ what: 'the tag of sensitive buckets', at: ['encryption', 's3', 'sensitive', 'tag'] }, part =>
    adoptTag(part, baseline, facts),
  ),
  ...adoptUserPools(baseline, facts),
];

/** The key under the document's alias, else the only one under an alias that a baseline may have. */
function adoptKey({ encryption: { key } }: Baseline, facts: Facts): Adoption[] {
  if (key === undefined) return [];
  const at = ['encryption', 'key', 'alias'];
  const look = (part: Part): Adoption => {
    const aliases = reader(facts)('kms.customerKeys').map(({ alias }) => alias);
    if (aliases.includes(key.alias))
      return guessed(part, 'it leads to a key', [{ path: at, value: key.alias }]);
    const [only, ...others] = aliases;
    if (only === undefined) return notFound(part, 'no key has one that begins with alias/securecart');
    if (others.length > 0) return doubtful(part, aliases);
    return guessed(part, 'no other begins with alias/securecart', [{ path: at, value: only }]);
  };
  return [find({ what: 'the alias of the customer key', at }, look)];
}

/** The tag that some bucket has, or one that says as much in other words. */
function adoptTag(part: Part, { encryption }: Baseline, facts: Facts): Adoption {
  const { key, value } = encryption.s3.sensitive.tag;
  const tags = reader(facts)('s3.buckets').flatMap(bucket => Object.entries(need(bucket.tags)));
  const having = tags.filter(([name, text]) => name === key && text === value).length;
  if (having > 0) return guessed(part, `of the buckets that have it: ${having}`);
  const [like] = tags.filter(([name, text]) => /data|class|sensitiv/i.test(name) && SENSITIVE.test(text));
  if (like === undefined) return notFound(part, 'no bucket has a tag that says so');
  const [otherKey, otherValue] = like;
  return guessed(part, 'a bucket has it, and no bucket has the tag of the document', [
    { path: [...part.at, 'key'], value: otherKey },
    { path: [...part.at, 'value'], value: otherValue },
  ]);
}

const SENSITIVE = /^(sensitive|confidential|restricted|secret|private|pii|personal)/i;
