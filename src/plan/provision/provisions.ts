import { apiAuthorizers } from './api-authorizers.ts';
import { customerKey } from './customer-key.ts';
import { databaseGroups } from './database-groups.ts';
import { network } from './network.ts';
import { parameters } from './parameters.ts';
import { inTurn, type Part, type Provision } from './part.ts';
import { secrets } from './secrets.ts';
import type { Site } from './site.ts';
import { trail } from './trail.ts';
import { userPools } from './user-pool.ts';
import { webAcl } from './web-acl.ts';
import { workloadRoles } from './workload-roles.ts';

/**
 * What of the account and the Region as a whole a control judges and a fix sets: there is nothing to create. What stands
 * in the account is the shop's, and left to `fix`: buckets, volumes and databases are not of it.
 */
const defaults: Provision = {
  controls: ['s3/account-public-access-block', 'ebs/default-encryption'],
  needs: [],
  build: () => ({}),
};

/** All that an apply builds; each one is planned as if those before it stood already. */
const provisions: readonly Provision[] = [
  network,
  webAcl,
  databaseGroups,
  userPools,
  apiAuthorizers,
  customerKey,
  trail,
  secrets,
  parameters,
  workloadRoles,
  defaults,
];

/** Globs of the controls that an apply is about. */
export const PROVISIONED_CONTROLS = provisions.flatMap(({ controls }) => controls);

/** The facts that an apply is planned from, besides those of its controls. */
export const PROVISIONED_FACTS = [...new Set(provisions.flatMap(({ needs }) => needs))];

/** Plans all that the baseline asks for and a site lacks; nothing else, where the network itself cannot stand. Throws UnknownFact. */
export const buildBaseline = (site: Site): Required<Part> =>
  inTurn(
    site,
    provisions.map(({ build }) => build),
  );
