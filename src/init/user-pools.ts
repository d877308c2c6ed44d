import { reader } from '../binding/bind.ts';
import { bindPool, type WantedPool } from '../findings/cognito/pools.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { attempt, need } from '../model/fact.ts';
import type { UserPool } from '../services/cognito/facts.ts';
import type { Facts } from '../services/facts.ts';
import { type Adoption, doubtful, find, guessed, notFound, type Part } from './adoption.ts';

/** Finds the user pools and their clients. */
export const adoptUserPools = ({ authentication: { userPools } }: Baseline, facts: Facts): Adoption[] =>
  userPools.flatMap((wanted, index) => {
    const at = ['authentication', 'userPools', index];
    const choice = attempt(() => choose(wanted, userPools, facts));
    return [
      find({ what: `the user pool ${wanted.id}`, at: [...at, 'name'] }, part =>
        adoptPool(part, need(choice)),
      ),
      ...wanted.clients.map(({ id }, of) =>
        find({ what: `the client ${id}`, at: [...at, 'clients', of, 'name'] }, part =>
          adoptClient(part, of, wanted, need(choice)),
        ),
      ),
    ];
  });

/** The user pool that is meant, `by` what of the document's led to it; where nothing did, those that could be. */
type Choice =
  | { readonly kind: 'bound'; readonly pool: UserPool; readonly by: string }
  | { readonly kind: 'only'; readonly pool: UserPool }
  | { readonly kind: 'none'; readonly pools: readonly UserPool[] };

/** The one that the document would bind to, else the only one where the document asks for one. */
function choose(wanted: WantedPool, all: readonly WantedPool[], facts: Facts): Choice {
  const pools = reader(facts)('cognito.userPools');
  const bound = bindPool(wanted, pools);
  if (bound.kind === 'found') return { kind: 'bound', pool: bound.pool, by: bound.by };
  const [pool, ...others] = pools;
  return pool === undefined || others.length > 0 || all.length > 1
    ? { kind: 'none', pools }
    : { kind: 'only', pool };
}

function adoptPool(part: Part, choice: Choice): Adoption {
  if (choice.kind === 'bound') return guessed(part, `${choice.pool.id} has its ${choice.by}`);
  if (choice.kind === 'only') {
    const { id, name } = choice.pool;
    const poolId = { path: [...part.at.slice(0, -1), 'poolId'], value: id };
    return guessed(part, `there is none but ${id} (${name})`, [poolId]);
  }
  if (choice.pools.length === 0) return notFound(part, 'the Region has none');
  return doubtful(
    part,
    choice.pools.map(({ id, name }) => `${id} (${name})`),
  );
}

/** The client of the document's name, else the only one where the document asks for one. */
function adoptClient(part: Part, index: number, { clients }: WantedPool, choice: Choice): Adoption {
  if (choice.kind === 'none') return notFound(part, 'no one user pool tells it');
  const { pool } = choice;
  const live = need(pool.clients);
  const own = live.find(({ name }) => name === clients[index]?.name);
  if (own !== undefined) return guessed(part, `${pool.id} has it`, [{ path: part.at, value: own.name }]);
  const [only, ...others] = live;
  if (only === undefined) return notFound(part, `${pool.id} has none`);
  if (others.length > 0 || clients.length > 1)
    return doubtful(
      part,
      live.map(({ id, name }) => `${id} (${name})`),
    );
  return guessed(part, `${pool.id} has none but ${only.id}`, [{ path: part.at, value: only.name }]);
}
