import { tierFacts } from '../../binding/binding.ts';
import { known, need } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { Change } from '../../model/plan.ts';
import type { DbInstance, DbSubnetGroup, OwnParameterGroup } from '../../services/rds/facts.ts';
import {
  createParameterGroup,
  forceTls,
  parameterGroupObject,
  parameterGroupState,
} from '../../services/rds/parameter-group/changes.ts';
import {
  createSubnetGroup,
  replaceSubnets,
  subnetGroupObject,
  subnetGroupState,
} from '../../services/rds/subnet-group/changes.ts';
import { about, adopt, build, inTurn, type Part, type Provision, standIn, unbuilt } from './part.ts';
import { homeOf, type Site } from './site.ts';

/**
 * What a database needs before it is created: where it may stand, and that it refuses connections without TLS. No control
 * is named: those of RDS judge databases, which are the shop's and left to `fix`.
 */
export const databaseGroups: Provision = {
  controls: [],
  needs: [
    ...tierFacts,
    'rds.dbInstances',
    'rds.subnetGroups',
    'rds.ownParameterGroups',
    'rds.parameterFamilies',
  ],
  build: site =>
    inTurn(site, [
      buildSubnetGroup,
      ...site.audit.value('rds.parameterFamilies').map(
        ({ name, forceTls: ofEngine }) =>
          (at: Site) =>
            buildParameterGroup(at, name, need(ofEngine)),
      ),
    ]),
};

const SUBNET_GROUP = 'securecart-database';

/** The group of the database tier's subnets: any that has just these, our own with others put right, or a new one. */
function buildSubnetGroup(site: Site): Part {
  const { audit } = site;
  const vpc = homeOf(site).id;
  const tier = audit.tier('database');
  const subnets = tier.map(({ id }) => id).sort();
  const groups = audit.value('rds.subnetGroups');
  const own = groups.find(({ name }) => name === SUBNET_GROUP);
  const fitting = [...(own === undefined ? [] : [own]), ...groups].find(group =>
    sameSubnets(group.subnets, subnets),
  );
  if (fitting !== undefined) return adoptSubnetGroup(site, fitting);
  const resource = rdsResource(site, 'DBSubnetGroup', 'subgrp', SUBNET_GROUP);
  if (new Set(tier.map(({ zone }) => zone)).size < 2) {
    const detail = `The database tier has ${tier.length === 0 ? 'no subnets' : 'subnets in one zone alone'}, and RDS takes a subnet group only with subnets in two zones.`;
    return { leftAlone: [unbuilt(site, resource, 'no-mend', detail)] };
  }
  if (own === undefined) return newSubnetGroup(site, resource, { vpc, subnets });
  if (own.vpc === vpc) return putRight(site, resource, own, subnets);
  const detail = `It stands in ${own.vpc}, and a subnet group cannot be moved to another VPC: delete it once no database needs it, or rename it.`;
  return { leftAlone: [unbuilt(site, resource, 'in-place', detail)] };
}

const adoptSubnetGroup = (site: Site, { name }: DbSubnetGroup): Part =>
  adopt(site, 'subnet group of the database tier', name);

const sameSubnets = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && a.length === b.length && a.every(id => b.includes(id));

function newSubnetGroup(site: Site, resource: Resource, place: Pick<DbSubnetGroup, 'vpc' | 'subnets'>): Part {
  const said = about(site, standIn('db-subnet-group'), {
    component: 'database-subnet-group',
    name: SUBNET_GROUP,
    title: `create ${SUBNET_GROUP}, in whose subnets a database is out of reach from outside`,
  });
  const group = { ...place, name: SUBNET_GROUP, arn: resource.arn, tags: known(said.tags) };
  return build(site, {
    id: 'db-subnet-group',
    title: 'create the subnet group of the database tier',
    resource,
    changes: [createSubnetGroup(site.region, group, said)],
    facts: { 'rds.subnetGroups': known([...site.audit.value('rds.subnetGroups'), group]) },
  });
}

function putRight(site: Site, resource: Resource, own: DbSubnetGroup, subnets: string[]): Part {
  const { audit, region } = site;
  const groups = audit.value('rds.subnetGroups');
  return {
    ...adoptSubnetGroup(site, own),
    ...build(site, {
      id: 'db-subnet-group',
      title: `let ${own.name} have the subnets of the database tier`,
      resource,
      changes: [replaceSubnets(region, own, subnets)],
      fingerprints: [
        { object: subnetGroupObject(region, own.name), state: subnetGroupState(own, need(own.tags)) },
      ],
      facts: {
        'rds.subnetGroups': known(groups.map(group => (group === own ? { ...own, subnets } : group))),
      },
    }),
  };
}

/** The group of a family that forces TLS. The name tells the family, which no group can change: an upgrade of the engine needs another. */
function buildParameterGroup(site: Site, family: string, ofEngine: string | null): Part {
  // There is nothing to force where the engine knows no such parameter.
  if (ofEngine === null) return {};
  const name = `securecart-${family.replaceAll('.', '-')}`;
  const groups = site.audit.value('rds.ownParameterGroups');
  const own = groups.find(group => group.name === name);
  const resource = rdsResource(site, 'DBParameterGroup', 'pg', name);
  if (own !== undefined && own.family !== family) {
    const detail = `It is for ${own.family}, and the databases have ${family}: delete it once no database needs it.`;
    return { leftAlone: [unbuilt(site, resource, 'ambiguous', detail)] };
  }
  if (own !== undefined) return { ...adoptParameterGroup(site, own), ...complete(site, resource, own) };
  const fitting = groups.find(group => group.family === family && need(group.forceTls) === '1');
  return fitting === undefined
    ? newParameterGroup(site, resource, { name, family }, ofEngine)
    : adoptParameterGroup(site, fitting);
}

const adoptParameterGroup = (site: Site, { name }: OwnParameterGroup): Part =>
  adopt(site, 'parameter group that forces TLS', name);

function newParameterGroup(
  site: Site,
  resource: Resource,
  group: Pick<OwnParameterGroup, 'name' | 'family'>,
  ofEngine: string,
): Part {
  const { audit, region } = site;
  const said = about(site, standIn(`db-parameter-group-${group.name}`), {
    component: 'database-parameter-group',
    name: group.name,
    title: `create ${group.name} for ${group.family}`,
  });
  const creation = createParameterGroup(region, group, ofEngine, said);
  const set: Change = {
    ...forceTls(region, { of: 'instance', name: group.name }, ofEngine),
    dependsOn: [creation.id],
    undo: { kind: 'with', change: creation.id },
  };
  const created = { ...group, forceTls: known('1'), tags: known(said.tags) };
  return build(site, {
    id: `db-parameter-group-${group.name}`,
    title: `create a parameter group with which a database of ${group.family} refuses connections without TLS`,
    resource,
    // From PostgreSQL 15 on it is the engine's own value, which a group keeps, for its family never changes.
    changes: ofEngine === '1' ? [creation] : [creation, set],
    facts: { 'rds.ownParameterGroups': known([...audit.value('rds.ownParameterGroups'), created]) },
  });
}

/** Sets our own group to force TLS where it does not yet. A database that has it may have clients without TLS. */
function complete(site: Site, resource: Resource, { name, ...own }: OwnParameterGroup): Part {
  const { audit, region } = site;
  const value = need(own.forceTls);
  if (value === '1' || value === null) return {};
  const users = audit.value('rds.dbInstances').filter(instance => uses(instance, name));
  if (users.length > 0) {
    const detail = `It has rds.force_ssl at ${value}, and ${users.map(({ id }) => id).join(', ')} may have clients without TLS: securecart fix --control rds/force-tls sets it.`;
    return { leftAlone: [unbuilt(site, resource, 'disruptive', detail)] };
  }
  const group = { of: 'instance' as const, name };
  return build(site, {
    id: `db-parameter-group-${name}`,
    title: `let ${name} refuse connections without TLS`,
    resource,
    changes: [forceTls(region, group, value)],
    fingerprints: [
      { object: parameterGroupObject(region, group), state: parameterGroupState(value, need(own.tags)) },
    ],
  });
}

const uses = ({ parameterGroups }: DbInstance, group: string): boolean =>
  parameterGroups.some(({ name }) => name === group);

const rdsResource = (
  { audit }: Site,
  type: 'DBSubnetGroup' | 'DBParameterGroup',
  path: 'subgrp' | 'pg',
  id: string,
): Resource => ({
  type: `AWS::RDS::${type}`,
  arn: audit.arnOf('rds', audit.account, `${path}:${id}`),
  id,
});
