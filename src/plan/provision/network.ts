import { Tier } from '../../model/baseline/row.ts';
import { buildEndpoints } from './endpoints.ts';
import { buildGroups } from './groups.ts';
import { buildInternetGateway, buildRoutes } from './routes.ts';
import { inTurn, type Part, type Site } from './site.ts';
import { buildSubnets } from './subnets.ts';
import { buildVpc } from './vpc.ts';

/**
 * What a network is made of, as far as it is missing. Rules, network ACLs and settings are left as AWS creates them: the
 * mends of findings give them what the baseline says, whether the object is new or not.
 */
export function buildNetwork(site: Site): Part {
  const vpc = buildVpc(site);
  if (vpc.stopped === true) return vpc;
  return inTurn(site, [
    buildVpc,
    buildInternetGateway,
    buildSubnets,
    ...Tier.options.map(buildRoutes),
    buildGroups,
    buildEndpoints,
  ]);
}
