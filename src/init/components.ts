import { bind, reader } from '../binding/bind.ts';
import type { BoundComponent } from '../binding/binding.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import { Component, type PortRange } from '../model/baseline/row.ts';
import { attempt, type Fact, need } from '../model/fact.ts';
import type { Facts } from '../services/facts.ts';
import { type Adoption, doubtful, guessed, type KeyPath, notFound, notRead } from './adoption.ts';

/** Binds the components of a baseline that has its network already, by what carries their groups, and finds the ports on which they listen. */
export function adoptComponents(baseline: Baseline, facts: Facts): Adoption[] {
  const { components } = bind(baseline, facts);
  return [
    ...Component.options.map(component => adoptComponent(component, components[component])),
    adoptPort('backend', backendPorts(components, facts), baseline),
    adoptPort('rds', databasePorts(components.rds, facts), baseline),
  ];
}

const WAY = {
  id: 'the document has their ids',
  tag: 'of their tag',
  attachment: 'of what carries them',
} as const satisfies Record<Exclude<BoundComponent['by'], 'nothing'>, string>;

function adoptComponent(component: Component, bound: Fact<BoundComponent>): Adoption {
  const path = ['components', component];
  const part = { what: `the security groups of ${component}`, at: [...path, 'purpose'] };
  if (bound.kind === 'unknown') return notRead(part, bound.reason);
  const { groups, by, carriers } = bound.value;
  if (by === 'nothing') return notFound(part, 'nothing of its kind stands in its place');
  // A tag goes on binding when a group is replaced by another.
  const values = by === 'attachment' ? [{ path: [...path, 'securityGroups'], value: [...groups] }] : [];
  const shown = by === 'attachment' ? need(carriers).map(({ resource }) => resource) : groups;
  return guessed(part, `${WAY[by]}: ${someOf(shown)}`, values);
}

/** The first few of a list, and how many more there are. */
const someOf = (names: readonly string[]): string =>
  [...names.slice(0, 3), ...(names.length > 3 ? [`${names.length - 3} more`] : [])].join(', ');

type Bound = ReturnType<typeof bind>['components'];

/** The ports that the backend's groups open to the load balancer's. */
const backendPorts = ({ alb, backend }: Bound, facts: Facts): Fact<number[]> =>
  attempt(() => {
    const [from, to] = [need(alb).groups, need(backend).groups];
    return reader(facts)('ec2.securityGroupRules').flatMap(rule =>
      rule.direction === 'ingress' &&
      to.includes(rule.group) &&
      rule.peer.kind === 'security-group' &&
      from.includes(rule.peer.id) &&
      rule.from === rule.to
        ? (rule.from ?? [])
        : [],
    );
  });

/** The ports of the PostgreSQL databases. */
const databasePorts = (rds: Fact<BoundComponent>, facts: Facts): Fact<number[]> =>
  attempt(() => {
    const carriers = new Set(need(need(rds).carriers).map(({ resource }) => resource));
    return reader(facts)('rds.dbInstances').flatMap(({ arn, port }) =>
      carriers.has(arn) ? (port ?? []) : [],
    );
  });

const PORT_TOLD_BY = {
  backend: 'its groups open it to those of alb',
  rds: 'the databases listen on it',
} as const;

/** A port that is another one than the document's is another one wherever the document says it. */
function adoptPort(component: 'backend' | 'rds', ports: Fact<number[]>, baseline: Baseline): Adoption {
  const at = ['components', component, 'port'];
  const part = { what: `the port of ${component}`, at };
  if (ports.kind === 'unknown') return notRead(part, ports.reason);
  const [port, ...others] = new Set(ports.value);
  if (port === undefined) return notFound(part, 'nothing tells it');
  if (others.length > 0) return doubtful(part, [port, ...others].map(String));
  const { port: written } = baseline.components[component];
  const paths = written === port || written === undefined ? [at] : [at, ...mentions(written, baseline)];
  return guessed(
    part,
    PORT_TOLD_BY[component],
    paths.map(path => ({ path, value: port })),
  );
}

/** Where the flows and the rows of a baseline say a port. */
function mentions(port: number, { flows, securityGroups, networkAcls }: Baseline): KeyPath[] {
  const inList = (
    path: KeyPath,
    rows: readonly { readonly ports?: readonly PortRange[] | undefined }[],
  ): KeyPath[] =>
    rows.flatMap(({ ports = [] }, row) =>
      ports.flatMap(({ from, to }, index) =>
        from === port && to === port ? [[...path, row, 'ports', index]] : [],
      ),
    );
  return [
    ...inList(
      ['flows'],
      flows.map(flow => (flow.must === 'pass' ? flow : {})),
    ),
    ...inList(['securityGroups', 'rows'], securityGroups.rows),
    ...inList(['networkAcls', 'rows'], networkAcls.rows),
  ];
}
