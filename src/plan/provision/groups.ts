import { groupResource } from '../../findings/resources.ts';
import { Component } from '../../model/baseline/row.ts';
import { known } from '../../model/fact.ts';
import type { SecurityGroup } from '../../services/ec2/facts.ts';
import { createSecurityGroup, ruleOfNewGroup } from '../../services/ec2/security-group/create.ts';
import { about, adopt, build, ec2Resource, inTurn, type Part, standIn, unbuilt } from './part.ts';
import { homeOf, type Site } from './site.ts';

/** A security group for each component that has none, as EC2 creates it: its rules are mended like those of any other. */
export const buildGroups = (site: Site): Part =>
  inTurn(
    site,
    Component.options.map(component => at => buildGroup(at, component)),
  );

function buildGroup(site: Site, component: Component): Part {
  const { audit } = site;
  const { groups } = audit.component(component);
  if (groups.length > 0) return adopt(site, `security group of ${component}`, ...groups);
  const vpc = homeOf(site);
  const name = `securecart-${component}`;
  const namesake = audit.value('ec2.securityGroups').find(one => one.vpc === vpc.id && one.name === name);
  if (namesake === undefined) return newGroup(site, component, name);
  const detail = `It has the name that the group of ${component} would have, and nothing says that it is that group: tag it securecart:component=${component}, or give it another name.`;
  const resource = ec2Resource(site, 'SecurityGroup', 'security-group', namesake.id);
  return { leftAlone: [unbuilt(site, resource, 'ambiguous', detail)] };
}

function newGroup(site: Site, component: Component, name: string): Part {
  const { audit } = site;
  const { id: vpc, owner } = homeOf(site);
  const id = standIn(`sg-${component}`);
  const said = about(site, id, { component, name, title: `create ${name}, which still lets out everything` });
  const description = `SecureCart ${component}`;
  const group: SecurityGroup = { id, name, vpc, owner, description, tags: said.tags };
  return build(site, {
    id: `group-${component}`,
    title: `create the security group of ${component}`,
    resource: groupResource(audit, group),
    changes: [createSecurityGroup(group, said)],
    facts: {
      'ec2.securityGroups': known([...audit.value('ec2.securityGroups'), group]),
      'ec2.securityGroupRules': known([...audit.value('ec2.securityGroupRules'), ruleOfNewGroup(id)]),
    },
  });
}
