import { bindPool, type WantedPool } from '../../findings/cognito/pools.ts';
import { userPoolResource } from '../../findings/entry-resources.ts';
import { SecureCartError } from '../../model/error.ts';
import { known, need, UnknownFact } from '../../model/fact.ts';
import type { UserPool, UserPoolClient, UserPoolSettings } from '../../services/cognito/facts.ts';
import { createUserPool, userPoolMend } from '../../services/cognito/user-pool/changes.ts';
import { createClient } from '../../services/cognito/user-pool-client/changes.ts';
import { THREAT_PROTECTION_COST } from '../mends/user-pool.ts';
import { about, adopt, build, inTurn, type Part, type Provision, standIn } from './part.ts';
import type { Site } from './site.ts';

/**
 * The user pools of the baseline, and their clients. A pool is created without a second factor, which Cognito takes only
 * afterwards, and without deletion protection, which an undo must be able to end before it deletes the pool: the mends of
 * findings set both.
 */
export const userPools: Provision = {
  controls: ['cognito/*'],
  needs: ['cognito.userPools'],
  build: site =>
    inTurn(
      site,
      site.audit.baseline.authentication.userPools.map(wanted => at => buildPool(at, wanted)),
    ),
};

/** The pool that the account has, with the clients that it lacks, or a new one. One of several is none: which is meant is for people to say. */
function buildPool(site: Site, wanted: WantedPool): Part {
  const bound = bindPool(wanted, site.audit.value('cognito.userPools'));
  if (bound.kind === 'ambiguous') return {};
  if (bound.kind === 'found') return completePool(site, wanted, bound.pool);
  if (bound.unread !== undefined) throw new UnknownFact(bound.unread);
  return newPool(site, wanted);
}

function completePool(site: Site, wanted: WantedPool, pool: UserPool): Part {
  const { audit, region } = site;
  const live = need(pool.clients);
  const lacking = wanted.clients
    .filter(({ name }) => live.every(client => client.name !== name))
    .map(client => newClient(site, pool.id, client));
  const complete = { ...pool, clients: known([...live, ...lacking.map(({ client }) => client)]) };
  const pools = audit.value('cognito.userPools');
  return {
    ...adopt(site, `user pool ${wanted.name}`, pool.id),
    ...build(site, {
      id: `${userPoolMend(region, pool.id)}/new-clients`,
      title: `let users sign in to user pool ${pool.name}`,
      resource: userPoolResource(audit, pool),
      changes: lacking.map(({ change }) => change),
      facts: { 'cognito.userPools': known(pools.map(other => (other === pool ? complete : other))) },
    }),
  };
}

function newPool(site: Site, wanted: WantedPool): Part {
  const { audit, region } = site;
  if (wanted.poolId !== undefined) {
    throw new SecureCartError('plan-refused', `There is no user pool ${wanted.poolId} in ${region}.`, {
      suggestion: `Leave out poolId of ${wanted.id} in the baseline, to create a user pool.`,
    });
  }
  const id = standIn(`user-pool-${wanted.id.replace(/^user-pool-/, '')}`);
  const said = about(site, id, {
    component: wanted.id,
    name: wanted.name,
    title: `create user pool ${wanted.name}, to which customers sign in by their mail address`,
  });
  const settings: UserPoolSettings = { ...settingsOf(wanted), tags: said.tags };
  const clients = wanted.clients.map(client => newClient(site, id, client));
  const pool: UserPool = {
    id,
    name: wanted.name,
    settings: known(settings),
    mfa: known({ required: 'OFF', methods: [] }),
    clients: known(clients.map(({ client }) => client)),
  };
  return build(site, {
    id: `user-pool/${region}/${wanted.id}`,
    title: `create user pool ${wanted.name} and its clients`,
    resource: userPoolResource(audit, pool),
    ...(settings.featurePlan === 'PLUS' && { cost: THREAT_PROTECTION_COST }),
    changes: [createUserPool(wanted.name, settings, said), ...clients.map(({ change }) => change)],
    facts: { 'cognito.userPools': known([...audit.value('cognito.userPools'), pool]) },
  });
}

const settingsOf = ({ password, threatProtection }: WantedPool): Omit<UserPoolSettings, 'tags'> => ({
  password: {
    minimumLength: password.minimumLength,
    requires: password.requires,
    temporaryValidDays: password.temporaryValidDays,
  },
  threatProtection: threatProtection.mode,
  deletionProtection: false,
  // ESSENTIALS is what Cognito gives a new pool of itself (API_CreateUserPool).
  featurePlan: threatProtection.mode === 'OFF' ? 'ESSENTIALS' : 'PLUS',
});

/** A client as its row asks, but for the grants of OAuth: the row allows them, and where users would come back to is not the baseline's to know. */
function newClient(site: Site, pool: string, row: WantedPool['clients'][number]) {
  const id = standIn(`user-pool-client-${row.id.replace(/^user-pool-client-/, '')}`);
  const said = about(site, id, {
    component: row.id,
    name: row.name,
    title: `create client ${row.name} of it, without a secret and without OAuth, which needs a callback URL`,
  });
  const settings = {
    authFlows: [...row.authFlows].sort(),
    oauthFlows: [],
    hidesUserExistence: row.hidesUserExistence,
    revocableTokens: row.revocableTokens,
  };
  const client: UserPoolClient = { id, name: row.name, settings: known(settings) };
  return { client, change: createClient(pool, row.name, settings, said) };
}
