import type { Clients } from '../clients.ts';
import { account } from '../emulator.ts';
import { FUNCTION_ROLE } from './compliant-identity.ts';
import { buildAcls } from './network-acls.ts';
import { aclRows, groupRows, type Tier } from './rows.ts';
import { buildGroupRules, buildGroups, closeDefaultGroup } from './security-groups.ts';
import {
  buildEndpoints,
  buildFlowLogs,
  buildRouting,
  buildSubnets,
  buildVpc,
  deleteDefaultVpc,
} from './vpc.ts';
import { buildDatabase, buildFunction, buildLoadBalancer, buildService } from './workloads.ts';

export type NetworkOptions = {
  /** Only the document's rows, through which no flow passes. */
  literal?: boolean;
  /** The groups carry `securecart:component`, so that they are known without what they are attached to. */
  tagged?: boolean;
  /** The VPC that every account comes with stays beside the one that is built. */
  keepDefaultVpc?: boolean;
  /** Everything is in the first Availability Zone. */
  oneZone?: boolean;
  /** Workloads that stand in another tier than their own. */
  misplaced?: { service?: Tier; database?: Tier };
};

/** The ids and ARNs of what was built. */
export type Network = Awaited<ReturnType<typeof buildCompliantNetwork>>;

/** Builds SecureCart's network and what stands in it, as the baseline wants it, in an empty account. */
export async function buildCompliantNetwork(clients: Clients, options: NetworkOptions = {}) {
  const {
    literal = false,
    tagged = false,
    keepDefaultVpc = false,
    oneZone = false,
    misplaced = {},
  } = options;
  const wanted = ({ derived = false }: { derived?: boolean }) => !(literal && derived);
  const vpc = await buildVpc(clients);
  const subnets = await buildSubnets(clients, vpc, oneZone ? 'aa' : 'ab');
  const { gateway, routeTables } = await buildRouting(clients, vpc, subnets);
  const groups = await buildGroups(clients, vpc, tagged);
  const defaultGroup = await closeDefaultGroup(clients, vpc);
  await buildGroupRules(clients, groups, groupRows.filter(wanted));
  const acls = await buildAcls(clients, vpc, subnets, aclRows.filter(wanted));
  const endpoints = await buildEndpoints(clients, {
    vpc,
    routeTable: routeTables.private,
    subnets: subnets.private,
    group: groups.endpoints,
  });
  await buildFlowLogs(clients, vpc);
  const loadBalancer = await buildLoadBalancer(clients, vpc, { subnets: subnets.public, group: groups.alb });
  const database = await buildDatabase(clients, {
    subnets: subnets[misplaced.database ?? 'database'],
    group: groups.rds,
  });
  const service = await buildService(clients, {
    subnets: subnets[misplaced.service ?? 'private'],
    group: groups.backend,
    roles: {
      taskRoleArn: `arn:aws:iam::${account}:role/securecart-backend-task`,
      executionRoleArn: `arn:aws:iam::${account}:role/securecart-backend-execution`,
    },
  });
  const lambda = await buildFunction(clients, {
    subnets: subnets.private,
    group: groups.lambda,
    role: FUNCTION_ROLE,
  });
  // Last: the first subnets that moto makes in an account without default ones become those, with public addresses.
  if (!keepDefaultVpc) await deleteDefaultVpc(clients);
  return {
    vpc,
    subnets,
    gateway,
    routeTables,
    groups,
    defaultGroup,
    acls,
    endpoints,
    loadBalancer,
    database,
    service,
    lambda,
  };
}
