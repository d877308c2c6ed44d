import { type BoundComponent, componentFacts } from '../../src/binding/binding.ts';
import { defineControl, judgeEach, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { groupResource, vpcResource } from '../../src/findings/resources.ts';
import { Component } from '../../src/model/baseline/row.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 'security-group/component-binding',
  title: 'Each component has security groups of its own, and nothing of it has others',
  severity: 'high',
  rationale:
    'A component whose groups cannot be found is judged by nobody. Where two components share a group, each has what the other was given; and a group that nobody took for the component opens it unseen.',
  remediation:
    'Give each component a group of its own. Where the groups are not found by what carries them, tag them securecart:component=NAME or list them under components.NAME.securityGroups of the baseline.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  frameworks: {},
  needs: componentFacts,
  scope: 'vpc',
  messages: {
    bound: 'The component {component} is {groups}, by {way}.',
    nothing:
      'Nothing in the VPC carries a security group of the component {component}, and none is tagged for it.',
    gone: 'The baseline gives this group to the component {component}, but the VPC has no such group.',
    shared: 'The components {component} and {other} share this group.',
    stray:
      'The component {component} is not bound to this group, but {carrier} carries it: what it allows is not compared.',
  },
  evaluate: judgeComponents,
});

type Message = 'bound' | 'nothing' | 'gone' | 'shared' | 'stray';

const WAY = {
  id: 'the ids in the baseline',
  tag: 'their tag',
  attachment: 'what carries them',
  nothing: 'nothing',
} as const satisfies Record<BoundComponent['by'], string>;

function judgeComponents(audit: VpcAudit): Iterable<Outcome<Message>> {
  return judgeEach(
    Component.options,
    component => ({ resource: vpcResource(audit, audit.vpc), key: component }),
    component => judgeComponent(audit, component),
  );
}

function* judgeComponent(audit: VpcAudit, component: Component): Iterable<Outcome<Message>> {
  const { groups, by } = audit.component(component);
  const faults = [
    ...goneGroups(audit, component),
    ...sharedGroups(audit, component),
    ...strayGroups(audit, component),
  ];
  const about = { resource: vpcResource(audit, audit.vpc), key: component };
  yield* faults;
  if (groups.length === 0) yield { status: 'fail', ...about, message: 'nothing', data: { component } };
  else if (faults.length === 0) {
    yield {
      status: 'pass',
      ...about,
      message: 'bound',
      data: { component, groups: groups.join(', '), way: WAY[by] },
    };
  }
}

function* goneGroups(audit: VpcAudit, component: Component): Iterable<Outcome<Message>> {
  const { groups } = audit.component(component);
  for (const id of audit.baseline.components[component].securityGroups ?? []) {
    if (groups.includes(id)) continue;
    yield {
      status: 'fail',
      ...groupOf(audit, id),
      key: `${component} gone`,
      message: 'gone',
      data: { component },
    };
  }
}

/** Each pair of components once, with the one that comes first. */
function* sharedGroups(audit: VpcAudit, component: Component): Iterable<Outcome<Message>> {
  const { groups } = audit.component(component);
  for (const other of Component.options.slice(Component.options.indexOf(component) + 1)) {
    for (const id of audit.component(other).groups) {
      if (!groups.includes(id)) continue;
      const data = { component, other };
      yield { status: 'fail', ...groupOf(audit, id), key: `${component} ${other}`, message: 'shared', data };
    }
  }
}

function* strayGroups(audit: VpcAudit, component: Component): Iterable<Outcome<Message>> {
  const { groups, carriers } = audit.component(component);
  const strays = new Map<string, string>();
  for (const carrier of need(carriers)) {
    for (const id of carrier.groups)
      if (!groups.includes(id) && !strays.has(id)) strays.set(id, carrier.resource);
  }
  for (const [id, carrier] of strays) {
    yield {
      status: 'fail',
      ...groupOf(audit, id),
      key: `${component} stray`,
      message: 'stray',
      data: { component, carrier },
    };
  }
}

function groupOf(audit: VpcAudit, id: string) {
  const live = audit.value('ec2.securityGroups').find(group => group.id === id);
  return { resource: groupResource(audit, live ?? { id, owner: audit.vpc.owner, name: id }) };
}
