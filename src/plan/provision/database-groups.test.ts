import { expect, test } from 'vitest';
import { planToBuild } from '../../../test/apply/provisioned.ts';
import { type Facts, shop } from '../../../test/builders/shop.ts';
import { snapshotOfShop } from '../../../test/builders/snapshot.ts';
import { type Fact, known } from '../../model/fact.ts';
import { changesOf } from '../../model/plan.ts';

type Change = (facts: Facts) => void;

const noSubnetGroup: Change = facts => {
  facts['rds.subnetGroups'] = [];
};
const ownSubnets =
  (subnets: string[], vpc = 'vpc-0a'): Change =>
  facts => {
    const arn = 'arn:aws:rds:eu-west-1:111122223333:subgrp:securecart-database';
    facts['rds.subnetGroups'] = [{ arn, name: 'securecart-database', vpc, subnets, tags: known({}) }];
  };
const engineSays =
  (value: string | null): Change =>
  facts => {
    facts['rds.ownParameterGroups'] = [];
    facts['rds.parameterFamilies'] = [{ name: 'postgres14', forceTls: known(value) }];
  };
const ownGroup =
  (value: string, family = 'postgres14'): Change =>
  facts => {
    engineSays('0')(facts);
    facts['rds.ownParameterGroups'] = [
      { name: 'securecart-postgres14', family, forceTls: known(value), tags: known({}) },
    ];
  };
const used: Change = facts => {
  for (const instance of facts['rds.dbInstances'])
    instance.parameterGroups = [{ name: 'securecart-postgres14', status: 'in-sync' }];
};
const oneZone: Change = facts => {
  facts['ec2.subnets'] = facts['ec2.subnets'].map(subnet => ({ ...subnet, zone: 'eu-west-1a' }));
};

const fits = ['adopt subnet group of the database tier shop'];
const tls = ['adopt parameter group that forces TLS shop-16'];
const all = 'subnet-0d1,subnet-0d2';

/** What is done about the groups of databases: each call, what is adopted, and what is left alone. */
const cases: Record<string, { given: Change[]; planned: string[] }> = {
  'groups that somebody else made are as good': { given: [], planned: [...fits, ...tls] },
  'no subnet group': { given: [noSubnetGroup], planned: [`CreateDBSubnetGroup ${all}`, ...tls] },
  'our own with a subnet of another tier': {
    given: [ownSubnets(['subnet-0d1', 'subnet-0b2'])],
    planned: [
      `ModifyDBSubnetGroup ${all}`,
      'adopt subnet group of the database tier securecart-database',
      ...tls,
    ],
  },
  'our own in another VPC': {
    given: [ownSubnets(['subnet-9'], 'vpc-9')],
    planned: [...tls, 'in-place DBSubnetGroup securecart-database'],
  },
  'a tier in one zone': {
    given: [noSubnetGroup, oneZone],
    planned: [...tls, 'no-mend DBSubnetGroup securecart-database'],
  },
  'an engine that takes plain connections': {
    given: [engineSays('0')],
    planned: ['CreateDBParameterGroup postgres14', 'ModifyDBParameterGroup rds.force_ssl=1', ...fits],
  },
  'an engine that refuses them by itself': {
    given: [engineSays('1')],
    planned: ['CreateDBParameterGroup postgres14', ...fits],
  },
  'an engine that does not know the parameter': { given: [engineSays(null)], planned: fits },
  'our own that takes plain connections': {
    given: [ownGroup('0')],
    planned: [
      'ModifyDBParameterGroup rds.force_ssl=1',
      ...fits,
      'adopt parameter group that forces TLS securecart-postgres14',
    ],
  },
  'the same, of a database whose clients may know no TLS': {
    given: [ownGroup('0'), used],
    planned: [
      ...fits,
      'adopt parameter group that forces TLS securecart-postgres14',
      'disruptive DBParameterGroup securecart-postgres14',
    ],
  },
  'our own that is for another family': {
    given: [ownGroup('1', 'postgres13')],
    planned: [...fits, 'ambiguous DBParameterGroup securecart-postgres14'],
  },
};

test.each(Object.entries(cases))('%s', (_, { given, planned }) => {
  expect(plannedFor(given)).toEqual(planned);
});

test('what cannot be told is not built upon', () => {
  const unknown: Fact<never> = { kind: 'unknown', reason: { kind: 'denied', call: 'rds:X' } };
  const blind: Change = facts => {
    facts['rds.parameterFamilies'] = [{ name: 'postgres14', forceTls: unknown }];
  };
  expect(() => plannedFor([blind])).toThrow('rds:X');
});

function plannedFor(given: readonly Change[]): string[] {
  const facts = shop();
  for (const change of given) change(facts);
  const plan = planToBuild(snapshotOfShop(facts));
  return [
    ...changesOf(plan).flatMap(({ call: { service, operation, input } }) =>
      service === 'rds' ? `${operation} ${saidOf(input)}` : [],
    ),
    ...(plan.adopted ?? [])
      .filter(({ what }) => /subnet group|parameter group/.test(what))
      .map(({ what, id }) => `adopt ${what} ${id}`),
    ...plan.leftAlone
      .filter(({ resource }) => resource.type.startsWith('AWS::RDS'))
      .map(({ obstacle, resource: { type, id } }) => `${obstacle} ${type.replace('AWS::RDS::', '')} ${id}`),
  ];
}

function saidOf({ SubnetIds, DBParameterGroupFamily, Parameters }: Record<string, unknown>): string {
  if (!Array.isArray(Parameters)) return String(SubnetIds ?? DBParameterGroupFamily);
  return Parameters.map(
    ({ ParameterName, ParameterValue }: Record<string, string>) => `${ParameterName}=${ParameterValue}`,
  ).join();
}
