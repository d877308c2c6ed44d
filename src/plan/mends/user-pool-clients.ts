import { defaultFlows, demandOn } from '../../findings/cognito/client-demand.ts';
import { bindPool, type WantedPool } from '../../findings/cognito/pools.ts';
import { userPoolResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { ClientSettings, UserPool, UserPoolClient } from '../../services/cognito/facts.ts';
import { userPoolMend } from '../../services/cognito/user-pool/changes.ts';
import { clientObject, clientState, updateClient } from '../../services/cognito/user-pool-client/changes.ts';
import { leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Takes from the clients of a user pool the flows that no row has, and turns on what protects their users. */
export const userPoolClients: Planner = {
  controls: ['cognito/clients'],
  needs: ['cognito.userPools'],
  plan: (scene, failing) =>
    together(
      scene.audit.baseline.authentication.userPools.map(wanted => {
        const bound = bindPool(wanted, scene.audit.value('cognito.userPools'));
        if (bound.kind !== 'found') return NOTHING;
        const own = failing.filter(({ resource }) => resource.id === bound.pool.id);
        return own.length === 0
          ? NOTHING
          : unlessUnknown(own, () => mendClients(scene, wanted, bound.pool, own));
      }),
    ),
};

/** Throws UnknownFact. */
function mendClients(
  scene: Scene,
  wanted: WantedPool,
  pool: UserPool,
  failing: readonly Finding[],
): Proposal {
  const { audit, region } = scene;
  const about = { region, resource: userPoolResource(audit, pool), for: failing.map(causeOf) };
  const clients = need(pool.clients).map(client => mendOf(client, wanted));
  const bare = clients.filter(({ from, to }) => from.oauthFlows.length > 0 && to.oauthFlows.length === 0);
  if (bare.length > 0) {
    const names = bare.map(({ client }) => client.name).join(', ');
    const detail = `No grant of ${names} is one that the baseline allows: let it use one of those, then take the others from it.`;
    return leave(about, 'no-mend', detail);
  }
  const changed = clients.filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
  if (changed.length === 0) return NOTHING;
  const place = ({ id }: UserPoolClient) => ({ region, pool: pool.id, client: id });
  return unlessManaged(scene, about, need(pool.settings).tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: `${userPoolMend(region, pool.id)}/clients`,
        title: `let the clients of user pool ${pool.name} sign users in as the baseline asks`,
        risk: 'review',
        disruption: 'Applications that sign in by a flow or a grant that is taken away no longer can.',
        changes: changed.map(({ client, from, to }) => updateClient(place(client), client.name, from, to)),
      },
    ],
    fingerprints: changed.map(({ client, from }) => ({
      object: clientObject(place(client)),
      state: clientState(pool.id, client.name, from),
    })),
  }));
}

/** Throws UnknownFact. */
function mendOf(
  client: UserPoolClient,
  wanted: WantedPool,
): { client: UserPoolClient; from: ClientSettings; to: ClientSettings } {
  const from = need(client.settings);
  const demand = demandOn(client, wanted);
  const among = (live: readonly string[], allowed: readonly string[]) =>
    live.filter(one => allowed.includes(one));
  const flows = from.authFlows.length === 0 ? defaultFlows : from.authFlows;
  const kept = among(flows, demand.authFlows);
  const isFine = kept.length === flows.length;
  const to: ClientSettings = {
    // A client must have a flow, and one that names none has the defaults.
    authFlows: isFine ? from.authFlows : kept.length > 0 ? kept : [...demand.authFlows].sort(),
    oauthFlows: among(from.oauthFlows, demand.oauthFlows),
    hidesUserExistence: from.hidesUserExistence || demand.hidesUserExistence,
    revocableTokens: from.revocableTokens || demand.revocableTokens,
  };
  return { client, from, to };
}
