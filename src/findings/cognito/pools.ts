import { COMPONENT_TAG } from '../../binding/bind.ts';
import type { Authentication } from '../../model/baseline/identity.ts';
import { UnknownFact, type UnknownReason } from '../../model/fact.ts';
import type { UserPool } from '../../services/cognito/facts.ts';
import { judgeEach, type Outcome, type RegionAudit } from '../control.ts';
import { userPoolResource } from '../entry-resources.ts';

/** A user pool as the baseline wants it. */
export type WantedPool = Authentication['userPools'][number];

/** The live user pool that the baseline speaks of, in one Region; `by` names the surest way that led to any. */
export type BoundPool =
  | { readonly kind: 'found'; readonly pool: UserPool; readonly by: 'id' | 'tag' | 'name' }
  | { readonly kind: 'ambiguous'; readonly pools: readonly UserPool[] }
  /** `unread`: a pool whose tags are not known may be it. */
  | { readonly kind: 'absent'; readonly unread: UnknownReason | undefined };

/** Finds a user pool by its id in the baseline, by the tag `securecart:component` with the row's id, or by its name, which is not unique. */
export function bindPool(wanted: WantedPool, pools: readonly UserPool[]): BoundPool {
  const { poolId } = wanted;
  if (poolId !== undefined) {
    return one(
      pools.filter(({ id }) => id === poolId),
      'id',
    );
  }
  const tagged = pools.filter(
    ({ settings }) => settings.kind === 'known' && settings.value.tags[COMPONENT_TAG] === wanted.id,
  );
  if (tagged.length > 0) return one(tagged, 'tag');
  const bound = one(
    pools.filter(({ name }) => name === wanted.name),
    'name',
  );
  if (bound.kind !== 'absent') return bound;
  const unread = pools.flatMap(({ settings }) => (settings.kind === 'unknown' ? settings.reason : []))[0];
  return { kind: 'absent', unread };
}

function one(pools: readonly UserPool[], by: 'id' | 'tag' | 'name'): BoundPool {
  const [pool, ...others] = pools;
  if (pool === undefined) return { kind: 'absent', unread: undefined };
  return others.length === 0 ? { kind: 'found', pool, by } : { kind: 'ambiguous', pools };
}

/**
 * Judges each pool of the baseline that is there, a doubtful one in each of its shapes; that one is there at all is
 * judged by cognito/user-pool. Wants `cognito.userPools` among the needs.
 */
export function* judgePools<Message extends string>(
  audit: RegionAudit,
  judge: (wanted: WantedPool, pool: UserPool) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message>> {
  const pools = audit.value('cognito.userPools');
  const subjects = audit.baseline.authentication.userPools.flatMap(wanted =>
    livePools(bindPool(wanted, pools)).map(pool => ({ wanted, pool })),
  );
  yield* judgeEach(
    subjects,
    ({ pool }) => ({ resource: userPoolResource(audit, pool) }),
    ({ wanted, pool }) => judge(wanted, pool),
  );
}

const livePools = (bound: BoundPool): readonly UserPool[] => {
  if (bound.kind === 'found') return [bound.pool];
  return bound.kind === 'ambiguous' ? bound.pools : [];
};

/** The pools whose users the API lets in. Throws UnknownFact where one of them may be a pool that could not be read. */
export function poolsOfApi({ baseline, value }: RegionAudit): readonly UserPool[] {
  const pools = value('cognito.userPools');
  const names = new Set(baseline.api.authorization.userPools);
  return baseline.authentication.userPools
    .filter(({ name }) => names.has(name))
    .flatMap(wanted => {
      const bound = bindPool(wanted, pools);
      if (bound.kind === 'absent' && bound.unread !== undefined) throw new UnknownFact(bound.unread);
      return livePools(bound);
    });
}
