import type { NetworkAclRow, SecurityGroupRow } from '../../model/baseline/row.ts';
import type { Level, Need, Remark } from '../../model/baseline-check.ts';
import type { RowId } from '../../model/identifiers.ts';
import { blockages } from '../../network/flow.ts';
import type { Design } from './design.ts';
import { demandOf, journeysOf, type WantedFlow } from './paths.ts';
import { entriesOf } from './rules.ts';

/** What AWS cannot hold as it is written; `literal` takes the rows at their word, so that it is a defect there. */
export function asWritten({ baseline }: Design): Remark[] {
  const denying = baseline.securityGroups.rows.filter(({ effect }) => effect === 'deny');
  return [
    ...denying.map(({ id }): Remark => ({ kind: 'deny-in-group', level: 'defect', row: id })),
    ...baseline.networkAcls.rows
      .filter(row => (row.ports?.length ?? 1) > 1)
      .map(row => severalEntries(row, baseline)),
  ];
}

/** An entry holds one range: one over all of the row's ports would open those between as well. */
function severalEntries(row: NetworkAclRow, baseline: Design['baseline']): Remark {
  const ports = row.ports ?? [];
  const span = Math.max(...ports.map(({ to }) => to)) - Math.min(...ports.map(({ from }) => from)) + 1;
  const named = ports.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const numbers = entriesOf([row], baseline).map(({ number }) => number);
  return { kind: 'several-entries', level: 'defect', row: row.id, numbers, opened: span - named };
}

/** The flows from or to the internet that lists stop over IPv6 where they let them through over IPv4. */
export function oneFamily(design: Design, level: Level): Remark[] {
  const stopped = design.baseline.flows.flatMap(flow => {
    const connection = flow.must === 'pass' ? stoppedOverIpv6(design, flow) : undefined;
    return connection === undefined ? [] : [{ flow: flow.id, connection }];
  });
  const [first] = stopped;
  if (first === undefined) return [];
  const flows = stopped.map(({ flow }) => flow);
  return [{ kind: 'one-family', level, flows, connection: first.connection }];
}

function stoppedOverIpv6(design: Design, flow: WantedFlow) {
  if (flow.from.kind !== 'network' && flow.to.kind !== 'network') return undefined;
  const stopped = (family: 'ipv4' | 'ipv6') =>
    journeysOf(design.network.places, flow, family).flatMap(({ client, path }) =>
      path === undefined ? [] : blockages(design.network, path, demandOf(design.baseline, flow, client)),
    );
  const overIpv4 = stopped('ipv4').map(({ checkpoint }) => JSON.stringify(checkpoint));
  const also = stopped('ipv6').find(({ checkpoint }) => !overIpv4.includes(JSON.stringify(checkpoint)));
  return also?.connection;
}

/** Rows that say they are for other flows than those that break without them. */
export function otherFlows({ baseline }: Design, needs: ReadonlyMap<RowId, Need>): Remark[] {
  const rows: (SecurityGroupRow | NetworkAclRow)[] = [
    ...baseline.securityGroups.rows,
    ...baseline.networkAcls.rows,
  ];
  return rows.flatMap(({ id, for: named }): Remark[] => {
    const need = needs.get(id);
    if (named === undefined || need?.kind !== 'flow') return [];
    const needed = need.flows;
    const agree = named.length === needed.length && needed.every(flow => named.includes(flow));
    return agree ? [] : [{ kind: 'other-flows', level: 'note', row: id, named, needed }];
  });
}
