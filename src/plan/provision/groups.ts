import { bind } from '../../binding/bind.ts';
import { Component } from '../../model/baseline/row.ts';
import { need } from '../../model/fact.ts';
import type { SecurityGroup, Vpc } from '../../services/ec2/facts.ts';
import { createSecurityGroup, ruleOfNewGroup } from '../../services/ec2/security-group/create.ts';
import {
  about,
  building,
  ec2Resource,
  homeOf,
  lookUp,
  notBuilt,
  type Part,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';
import { boundVpc } from './vpc.ts';

/** A security group for each component that has none, as EC2 creates it: its rules are mended like those of any other. */
export function buildGroups(site: Site): Part {
  const vpc = homeOf(site, boundVpc(site));
  const { components } = bind(site.baseline, site.facts, { vpc: site.vpc });
  const live = lookUp(site, 'ec2.securityGroups');
  const bound = Component.options.map(component => ({
    component,
    groups: need(components[component]).groups,
  }));
  const lacking = bound.filter(({ groups }) => groups.length === 0).map(({ component }) => component);
  const namesake = (component: Component) =>
    live.find(({ vpc: of, name }) => of === vpc.id && name === nameOf(component));
  const created = lacking
    .filter(component => namesake(component) === undefined)
    .map(component => newGroup(site, vpc, component));
  return {
    ...unchanged(site),
    mends: created.flatMap(({ component, group, said }) =>
      building(site, {
        id: `group-${component}`,
        title: `create the security group of ${component}`,
        resource: { ...ec2Resource(site, 'SecurityGroup', 'security-group', group.id), name: group.name },
        changes: [createSecurityGroup(group, said)],
      }),
    ),
    leftAlone: lacking.flatMap(component => {
      const group = namesake(component);
      if (group === undefined) return [];
      const resource = ec2Resource(site, 'SecurityGroup', 'security-group', group.id);
      const detail = `It has the name that the group of ${component} would have, and nothing says that it is that group: tag it securecart:component=${component}, or give it another name.`;
      return [notBuilt(site, resource, 'ambiguous', detail)];
    }),
    adopted: bound.flatMap(({ component, groups }) =>
      groups.map(id => ({ what: `security group of ${component}`, region: site.region, id })),
    ),
    facts: withFact(
      withFact(site.facts, 'ec2.securityGroups', [...live, ...created.map(({ group }) => group)]),
      'ec2.securityGroupRules',
      [...lookUp(site, 'ec2.securityGroupRules'), ...created.map(({ group: { id } }) => ruleOfNewGroup(id))],
    ),
  };
}

const nameOf = (component: Component): string => `securecart-${component}`;

function newGroup(site: Site, vpc: Vpc, component: Component) {
  const id = standIn(`sg-${component}`);
  const name = nameOf(component);
  const said = about(site, id, { component, name, title: `create ${name}, which still lets out everything` });
  const group: SecurityGroup = {
    id,
    name,
    vpc: vpc.id,
    owner: vpc.owner,
    description: `SecureCart ${component}`,
    tags: said.tags,
  };
  return { component, group, said };
}
