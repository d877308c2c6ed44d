import { reader } from '../binding/bind.ts';
import { bindPool } from '../findings/cognito/pools.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { attempt, need } from '../model/fact.ts';
import type { Facts } from '../services/facts.ts';
import { type Adoption, notFound, notRead } from './adoption.ts';

/** What is looked for, and the key that says it: the first two members of its adoption. */
type Part = Pick<Adoption, 'what' | 'at'>;

/** Finds what the baseline knows by a name or a tag: the web ACL, the user pools, the buckets with customer data. */
export const adoptNames = (baseline: Baseline, facts: Facts): Adoption[] => [
  find({ what: 'the web ACL', at: ['waf', 'name'] }, part => adoptWebAcl(part, baseline, facts)),
  ...baseline.authentication.userPools.map(({ id }, index) =>
    find({ what: `the user pool ${id}`, at: ['authentication', 'userPools', index, 'name'] }, part =>
      adoptUserPool(part, index, baseline, facts),
    ),
  ),
  find({ what: 'the tag of sensitive buckets', at: ['encryption', 's3', 'sensitive', 'tag'] }, part =>
    adoptTag(part, baseline, facts),
  ),
];

function find(part: Part, adopt: (part: Part) => Adoption): Adoption {
  const adopted = attempt(() => adopt(part));
  return adopted.kind === 'known' ? adopted.value : notRead(part.what, part.at, adopted.reason);
}

const guessed = (part: Part, because: string, values: Adoption['values'] = []): Adoption => ({
  ...part,
  ground: { how: 'guessed', because },
  values,
});

/** The web ACL before the load balancers, else the one of the document's name, else the only one. */
function adoptWebAcl(part: Part, { waf }: Baseline, facts: Facts): Adoption {
  const value = reader(facts);
  const acls = value('wafv2.webAcls');
  const before = new Set(value('wafv2.associations').map(({ webAcl }) => need(webAcl)));
  const inUse = acls.filter(({ arn }) => before.has(arn));
  const [only, ...others] = inUse.length > 0 ? inUse : acls;
  if (only === undefined) return notFound(part.what, part.at, 'the Region has none');
  const because = inUse.length > 0 ? 'it stands before a load balancer' : 'there is no other';
  if (others.length === 0) return guessed(part, because, [{ path: part.at, value: only.name }]);
  const own = [only, ...others].find(({ name }) => name === waf.name);
  if (own !== undefined) return guessed(part, "its name is the document's");
  return notFound(
    part.what,
    part.at,
    `it could be ${[only, ...others].map(({ name }) => name).join(' or ')}`,
  );
}

/** The pool that the document would bind to, else the only one where the document asks for one. */
function adoptUserPool(part: Part, index: number, { authentication }: Baseline, facts: Facts): Adoption {
  const [wanted] = authentication.userPools.slice(index);
  const pools = reader(facts)('cognito.userPools');
  const bound = wanted === undefined ? undefined : bindPool(wanted, pools);
  if (bound?.kind === 'found') return guessed(part, `${bound.pool.id} has its ${bound.by}`);
  const [only, ...others] = pools;
  if (only === undefined) return notFound(part.what, part.at, 'the Region has none');
  if (others.length > 0 || authentication.userPools.length > 1)
    return notFound(
      part.what,
      part.at,
      `it could be ${pools.map(({ id, name }) => `${id} (${name})`).join(' or ')}`,
    );
  const poolId = { path: [...part.at.slice(0, -1), 'poolId'], value: only.id };
  return guessed(part, `there is none but ${only.id} (${only.name})`, [poolId]);
}

/** The tag that some bucket has, or one that says as much in other words. */
function adoptTag(part: Part, { encryption }: Baseline, facts: Facts): Adoption {
  const { key, value } = encryption.s3.sensitive.tag;
  const tags = reader(facts)('s3.buckets').flatMap(bucket => Object.entries(need(bucket.tags)));
  const having = tags.filter(([name, text]) => name === key && text === value).length;
  if (having > 0) return guessed(part, `of the buckets that have it: ${having}`);
  const [like] = tags.filter(([name, text]) => /data|class|sensitiv/i.test(name) && SENSITIVE.test(text));
  if (like === undefined) return notFound(part.what, part.at, 'no bucket has a tag that says so');
  const [otherKey, otherValue] = like;
  return guessed(part, 'a bucket has it, and no bucket has the tag of the document', [
    { path: [...part.at, 'key'], value: otherKey },
    { path: [...part.at, 'value'], value: otherValue },
  ]);
}

const SENSITIVE = /^(sensitive|confidential|restricted|secret|private|pii|personal)/i;
