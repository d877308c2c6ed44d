import { bind } from '../../binding/bind.ts';
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
import {
  about,
  building,
  homeOf,
  inTurn,
  lookUp,
  notBuilt,
  type Part,
  type Provision,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';
import { boundVpc } from './vpc.ts';

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
      ...lookUp(site, 'rds.parameterFamilies').map(
        ({ name, forceTls: ofEngine }) =>
          (at: Site) =>
            buildParameterGroup(at, name, need(ofEngine)),
      ),
    ]),
};

const SUBNET_GROUP = 'securecart-database';

/** The group of the database tier's subnets: any that has just these, our own with others put right, or a new one. */
function buildSubnetGroup(site: Site): Part {
  const vpc = homeOf(site, boundVpc(site));
  const tier = need(bind(site.baseline, site.facts, { vpc: site.vpc }).tiers.database);
  const wanted = tier.map(({ id }) => id).sort();
  const groups = lookUp(site, 'rds.subnetGroups');
  const own = groups.find(({ name }) => name === SUBNET_GROUP);
  const fitting = [...(own === undefined ? [] : [own]), ...groups].find(({ subnets }) =>
    sameSubnets(subnets, wanted),
  );
  if (fitting !== undefined) return adopted(site, 'subnet group of the database tier', fitting.name);
  const resource = groupResource(site, 'DBSubnetGroup', 'subgrp', SUBNET_GROUP);
  if (new Set(tier.map(({ zone }) => zone)).size < 2) {
    const detail = `The database tier has ${wanted.length === 0 ? 'no subnets' : 'subnets in one zone alone'}, and RDS takes a subnet group only with subnets in two zones.`;
    return { ...unchanged(site), leftAlone: [notBuilt(site, resource, 'no-mend', detail)] };
  }
  if (own === undefined) return newSubnetGroup(site, resource, { vpc: vpc.id, subnets: wanted });
  if (own.vpc === vpc.id) return putRight(site, resource, own, wanted);
  const detail = `It stands in ${own.vpc}, and a subnet group cannot be moved to another VPC: delete it once no database needs it, or rename it.`;
  return { ...unchanged(site), leftAlone: [notBuilt(site, resource, 'in-place', detail)] };
}

const sameSubnets = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && a.length === b.length && a.every(id => b.includes(id));

function newSubnetGroup(site: Site, resource: Resource, place: Pick<DbSubnetGroup, 'vpc' | 'subnets'>): Part {
  const said = about(site, standIn('db-subnet-group'), {
    component: 'database-subnet-group',
    name: SUBNET_GROUP,
    title: `create ${SUBNET_GROUP}, in whose subnets a database is out of reach from outside`,
  });
  const group = { ...place, name: SUBNET_GROUP };
  return {
    ...unchanged(site),
    mends: building(site, {
      id: 'db-subnet-group',
      title: 'create the subnet group of the database tier',
      resource,
      changes: [createSubnetGroup(site.region, group, said)],
    }),
    facts: withFact(site.facts, 'rds.subnetGroups', [
      ...lookUp(site, 'rds.subnetGroups'),
      { ...group, arn: resource.arn, tags: known(said.tags) },
    ]),
  };
}

function putRight(site: Site, resource: Resource, own: DbSubnetGroup, wanted: readonly string[]): Part {
  const { region } = site;
  const state = subnetGroupState(own, need(own.tags));
  return {
    ...adopted(site, 'subnet group of the database tier', own.name),
    mends: building(site, {
      id: 'db-subnet-group',
      title: `let ${own.name} have the subnets of the database tier`,
      resource,
      changes: [replaceSubnets(region, own, wanted)],
    }),
    fingerprints: [{ object: subnetGroupObject(region, own.name), state }],
    facts: withFact(
      site.facts,
      'rds.subnetGroups',
      lookUp(site, 'rds.subnetGroups').map(group =>
        group.name === own.name ? { ...own, subnets: [...wanted] } : group,
      ),
    ),
  };
}

/** The group of a family that forces TLS. The name tells the family, which no group can change: an upgrade of the engine needs another. */
function buildParameterGroup(site: Site, family: string, ofEngine: string | null): Part {
  // There is nothing to force where the engine knows no such parameter.
  if (ofEngine === null) return unchanged(site);
  const name = `securecart-${family.replaceAll('.', '-')}`;
  const groups = lookUp(site, 'rds.ownParameterGroups');
  const own = groups.find(group => group.name === name);
  const resource = groupResource(site, 'DBParameterGroup', 'pg', name);
  if (own !== undefined && own.family !== family) {
    const detail = `It is for ${own.family}, and the databases have ${family}: delete it once no database needs it.`;
    return { ...unchanged(site), leftAlone: [notBuilt(site, resource, 'ambiguous', detail)] };
  }
  if (own !== undefined) return completed(site, resource, own);
  const fitting = groups.find(group => group.family === family && need(group.forceTls) === '1');
  if (fitting !== undefined) return adopted(site, PARAMETER_GROUP, fitting.name);
  return newParameterGroup(site, resource, { name, family }, ofEngine);
}

const PARAMETER_GROUP = 'parameter group that forces TLS';

function newParameterGroup(
  site: Site,
  resource: Resource,
  group: Pick<OwnParameterGroup, 'name' | 'family'>,
  ofEngine: string,
): Part {
  const said = about(site, standIn(`db-parameter-group-${group.name}`), {
    component: 'database-parameter-group',
    name: group.name,
    title: `create ${group.name} for ${group.family}`,
  });
  const creation = createParameterGroup(site.region, group, ofEngine, said);
  const set = forceTls(site.region, { of: 'instance', name: group.name }, ofEngine);
  // From PostgreSQL 15 on it is the engine's own value, which a group keeps, for its family never changes.
  const more: Change[] =
    ofEngine === '1'
      ? []
      : [{ ...set, dependsOn: [creation.id], undo: { kind: 'with', change: creation.id } }];
  return {
    ...unchanged(site),
    mends: building(site, {
      id: `db-parameter-group-${group.name}`,
      title: `create a parameter group with which a database of ${group.family} refuses connections without TLS`,
      resource,
      changes: [creation, ...more],
    }),
    facts: withFact(site.facts, 'rds.ownParameterGroups', [
      ...lookUp(site, 'rds.ownParameterGroups'),
      { ...group, forceTls: known('1'), tags: known(said.tags) },
    ]),
  };
}

/** Our own group, set to force TLS where it does not yet. A database that has it may have clients without TLS. */
function completed(site: Site, resource: Resource, { name, ...own }: OwnParameterGroup): Part {
  const { region } = site;
  const value = need(own.forceTls);
  const part = adopted(site, PARAMETER_GROUP, name);
  if (value === '1' || value === null) return part;
  const users = lookUp(site, 'rds.dbInstances').filter(instance => uses(instance, name));
  if (users.length > 0) {
    const detail = `It has rds.force_ssl at ${value}, and ${users.map(({ id }) => id).join(', ')} may have clients without TLS: securecart fix --control rds/force-tls sets it.`;
    return { ...part, leftAlone: [notBuilt(site, resource, 'disruptive', detail)] };
  }
  return {
    ...part,
    mends: building(site, {
      id: `db-parameter-group-${name}`,
      title: `let ${name} refuse connections without TLS`,
      resource,
      changes: [forceTls(region, { of: 'instance', name }, value)],
    }),
    fingerprints: [
      {
        object: parameterGroupObject(region, { of: 'instance', name }),
        state: parameterGroupState(value, need(own.tags)),
      },
    ],
  };
}

const uses = ({ parameterGroups }: DbInstance, group: string): boolean =>
  parameterGroups.some(({ name }) => name === group);

const adopted = (site: Site, what: string, id: string): Part => ({
  ...unchanged(site),
  adopted: [{ what, region: site.region, id }],
});

const groupResource = (
  { account, region }: Site,
  type: 'DBSubnetGroup' | 'DBParameterGroup',
  path: 'subgrp' | 'pg',
  id: string,
): Resource => ({
  type: `AWS::RDS::${type}`,
  arn: `arn:${account.partition}:rds:${region}:${account.id}:${path}:${id}`,
  id,
});
