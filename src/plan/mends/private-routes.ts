import { isStanding } from '../../binding/standing-endpoint.ts';
import { subnetResource, vpcResource } from '../../findings/resources.ts';
import { closedTiers, leadsOut } from '../../findings/routes-out.ts';
import { routeTableOf } from '../../findings/subnet-associations.ts';
import type { Tier } from '../../model/baseline/row.ts';
import type { Finding } from '../../model/finding.ts';
import type { Fingerprint, LeftAlone, Mend, Obstacle } from '../../model/plan.ts';
import type { Route, RouteTable, Subnet, Vpc } from '../../services/ec2/facts.ts';
import { isCreatable } from '../../services/ec2/route-table/calls.ts';
import {
  routeTableObject,
  routeTableState,
  subnetTableObject,
  subnetTableState,
} from '../../services/ec2/route-table/changes.ts';
import {
  keptRoutes,
  removeRoutes,
  type Separation,
  separationChanges,
} from '../../services/ec2/route-table/separation.ts';
import { vpcEndpointObject, vpcEndpointState } from '../../services/ec2/vpc-endpoint/changes.ts';
import { managerOf } from '../owner.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/**
 * Takes from the closed tiers the routes that lead to the internet: out of their table, or, where others follow it as
 * well, by giving them another one. Whatever still goes out by such a route is cut.
 */
export const privateRoutes: Planner = {
  controls: ['vpc/private-routes'],
  needs: ['ec2.vpcEndpoints'],
  plan: (scene, failing) => {
    const { vpc } = scene;
    if (vpc === undefined) return NOTHING;
    const strays = straysOf(scene, vpc);
    const wanted = strays.filter(({ subnet }) => failing.some(({ resource }) => resource.id === subnet.id));
    const tables = [...new Set(wanted.map(({ table }) => table))];
    const own = tables.filter(table => isOwn(scene, table, strays, vpc));
    return together([
      ...own.map(table =>
        closed(
          scene,
          wanted.filter(stray => stray.table === table),
          failing,
        ),
      ),
      separated(
        scene,
        vpc,
        wanted.filter(({ table }) => !own.includes(table)),
        { strays, failing },
      ),
    ]);
  },
};

/** A subnet of a closed tier, and the routes by which its table leads out. */
interface Stray {
  readonly tier: Tier;
  readonly subnet: Subnet;
  readonly table: RouteTable;
  readonly open: readonly Route[];
}

function straysOf({ audit }: Scene, vpc: Vpc): Stray[] {
  const tables = audit.value('ec2.routeTables');
  return closedTiers(audit.baseline).flatMap(tier =>
    audit.tier(tier).flatMap(subnet => {
      const table = routeTableOf(subnet.id, vpc.id, tables);
      const open = table?.routes.filter(route => leadsOut(route, tier, audit.baseline)) ?? [];
      return table === undefined || open.length === 0 ? [] : [{ tier, subnet, table, open }];
    }),
  );
}

/** Whether everybody who follows a table must lose the same routes, so that the table itself may. */
function isOwn({ audit, suppressed }: Scene, table: RouteTable, strays: readonly Stray[], vpc: Vpc): boolean {
  const tables = audit.value('ec2.routeTables');
  const followers = audit
    .value('ec2.subnets')
    .filter(({ id, vpc: of }) => of === vpc.id && routeTableOf(id, vpc.id, tables) === table);
  const losing = strays.filter(
    ({ table: of, subnet }) =>
      of === table &&
      !suppressed.some(
        ({ control, resource }) => control === 'vpc/private-routes' && resource.id === subnet.id,
      ),
  );
  const [first] = losing;
  return (
    !table.isMain &&
    followers.length === losing.length &&
    losing.every(({ open }) => open.length === first?.open.length)
  );
}

function closed(scene: Scene, strays: readonly Stray[], failing: readonly Finding[]): Proposal {
  const [first] = strays;
  if (first === undefined) return NOTHING;
  const { table, open, subnet } = first;
  const lasting = open.find(route => !isCreatable(route));
  return proposal(scene, strays, failing, {
    resource: subnetResource(subnet),
    id: table.id,
    title: `let ${table.id} lead ${inWords(strays)} to no gateway of the internet`,
    ...(lasting !== undefined && { why: `no undo could create its route to ${lasting.target} again` }),
    changes: () => removeRoutes(scene.region, table.id, open),
    fingerprints: [{ object: routeTableObject(scene.region, table.id), state: routeTableState(table) }],
  });
}

function separated(
  scene: Scene,
  vpc: Vpc,
  wanted: readonly Stray[],
  { strays, failing }: { strays: readonly Stray[]; failing: readonly Finding[] },
): Proposal {
  if (wanted.length === 0) return NOTHING;
  const { audit, region } = scene;
  const separations = separationsOf(scene, wanted, strays);
  const built = separations.filter(({ ready }) => ready === undefined);
  const lasting = built.flatMap(keptRoutes).find(route => !isCreatable(route));
  const ready = new Set(separations.flatMap(separation => separation.ready ?? []));
  const endpoints = new Set(built.flatMap(separation => separation.endpoints));
  return proposal(scene, wanted, failing, {
    resource: vpcResource(audit, vpc),
    id: `routes-${vpc.id}`,
    title: `let ${inWords(wanted)} follow a route table that leads to no gateway of the internet`,
    ...(lasting !== undefined && { why: `no new table could have its route to ${lasting.target}` }),
    changes: () => separationChanges(separations),
    fingerprints: [
      ...wanted.map(({ subnet, table }) => ({
        object: subnetTableObject(region, subnet.id),
        state: subnetTableState(table.subnets.includes(subnet.id) ? table.id : undefined),
      })),
      ...[...ready].map(table => ({
        object: routeTableObject(region, table.id),
        state: routeTableState(table),
      })),
      ...[...endpoints].map(endpoint => ({
        object: vpcEndpointObject(region, endpoint.id),
        state: vpcEndpointState(endpoint),
      })),
    ],
  });
}

/** One for each tier and table that it is to leave. */
function separationsOf(
  { audit, region, plan }: Scene,
  wanted: readonly Stray[],
  strays: readonly Stray[],
): Separation[] {
  const tables = audit.value('ec2.routeTables');
  const gateways = audit
    .value('ec2.vpcEndpoints')
    .filter(endpoint => endpoint.type === 'Gateway' && isStanding(endpoint));
  const places = new Map(wanted.map(stray => [`${stray.tier} ${stray.table.id}`, stray]));
  return [...places.values()].map(({ tier, table: from, open }) => {
    const members = new Set(audit.tier(tier).map(({ id }) => id));
    const ready = tables.find(
      table =>
        table.subnets.length > 0 &&
        table.subnets.every(id => members.has(id)) &&
        !table.isMain &&
        !strays.some(stray => stray.table === table),
    );
    return {
      region,
      tier,
      plan,
      from,
      subnets: wanted
        .filter(stray => stray.tier === tier && stray.table === from)
        .map(({ subnet }) => subnet.id),
      open,
      endpoints: gateways.filter(({ routeTables }) => routeTables.includes(from.id)),
      ...(ready !== undefined && { ready }),
    };
  });
}

/** What the mend of some strays is, if nothing stands in its way. */
interface Way extends Pick<Mend, 'id' | 'title' | 'resource'> {
  /** Why it could not be gone, or not gone back. */
  readonly why?: string;
  readonly changes: () => Mend['changes'];
  readonly fingerprints: readonly Fingerprint[];
}

function proposal(
  { region, includeManaged, allowDisruptive }: Scene,
  strays: readonly Stray[],
  failing: readonly Finding[],
  { resource, id, title, why, changes, fingerprints }: Way,
): Proposal {
  const causes = failing
    .filter(finding => strays.some(({ subnet }) => subnet.id === finding.resource.id))
    .map(causeOf);
  const about = { region, resource, for: causes };
  const left = (obstacle: Obstacle, detail: string): Proposal => ({
    ...NOTHING,
    leftAlone: [{ ...about, obstacle, detail } satisfies LeftAlone],
  });
  const managedBy = strays
    .map(({ table, subnet }) => managerOf(table.tags) ?? managerOf(subnet.tags))
    .find(owner => owner !== undefined);
  if (managedBy !== undefined && !includeManaged) {
    return left('managed', `It belongs to ${managedBy}: change it there, or pass --include-managed.`);
  }
  if (why !== undefined) return left('ambiguous', `It is for people to mend: ${why}.`);
  const disruption = 'Whatever goes out by these routes, or is answered by them, is cut at once.';
  if (!allowDisruptive) {
    return left('disruptive', `${disruption} Once nothing needs them, pass --allow-disruptive.`);
  }
  return {
    ...NOTHING,
    mends: [
      {
        ...about,
        id,
        title,
        risk: 'review',
        disruption,
        ...(managedBy !== undefined && { managedBy }),
        changes: changes(),
      },
    ],
    fingerprints,
  };
}

/** The tiers of strays, such as `the private and database tiers`. */
function inWords(strays: readonly Stray[]): string {
  const tiers = [...new Set(strays.map(({ tier }) => tier))];
  return `the ${tiers.join(' and ')} ${tiers.length === 1 ? 'tier' : 'tiers'}`;
}
