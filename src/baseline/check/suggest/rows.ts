import type { NetworkAclRow } from '../../../model/baseline/row.ts';
import type { SuggestedAclRow, SuggestedGroupRow } from '../../../model/baseline-check.ts';
import { RowId } from '../../../model/identifiers.ts';
import type { Ports } from '../../../network/ephemeral-ports.ts';
import type { AclLack, GroupLack, Lack } from './lack.ts';
import { numbersFor } from './numbers.ts';

/** A row of a security group that lets through what the group lacks. */
export function groupRow(lack: GroupLack): SuggestedGroupRow {
  const { list, protocol, ports, peer, flows } = lack;
  const way = list.direction === 'ingress' ? 'in' : 'out';
  return {
    id: RowId.parse([list.component, way, peerName(peer)].join('-')),
    component: list.component,
    direction: list.direction,
    effect: 'allow',
    protocol,
    ports: ports.map(written),
    peer,
    purpose: purposeOf(lack),
    origin: 'derived',
    because: `No row of ${list.component} ${list.direction} allows it.`,
    for: [...flows],
  };
}

/**
 * The rows of a network ACL that let through what it lacks, numbered so that nothing before them stops it; undefined if
 * there is no room. What has to name the whole internet comes last, with the VPC, which that contains, denied before it
 * if that is `shielded`.
 */
export function aclRows(lacks: readonly AclLack[], shielded: boolean): SuggestedAclRow[] | undefined {
  const [first] = lacks;
  if (first === undefined) return [];
  const { rows } = first.list;
  const numberOf = ({ stoppedBy }: AclLack) =>
    Math.min(Infinity, ...rows.filter(({ id }) => stoppedBy.includes(id)).map(({ number }) => number));
  const narrow = lacks.filter(lack => !isWide(lack)).sort((a, b) => numberOf(a) - numberOf(b));
  const planned = [
    ...narrow.map(lack => ({ lack, row: allowRow(lack) })),
    ...lacks
      .filter(isWide)
      .flatMap(lack =>
        (shielded ? [shield(lack), allowRow(lack)] : [allowRow(lack)]).map(row => ({ lack, row })),
      ),
  ];
  const numbers = numbersFor(
    rows,
    planned.map(({ lack, row }) => ({ entries: row.ports.length, stoppedBy: lack.stoppedBy })),
  );
  return numbers && planned.map(({ row }, index) => ({ ...row, number: numbers[index] ?? row.number }));
}

const isWide = ({ peer }: AclLack): boolean => 'network' in peer;

function allowRow(lack: AclLack): SuggestedAclRow {
  const { list, leg, protocol, ports, peer, flows, stoppedBy } = lack;
  const what = leg === 'reply' ? ['replies', peerName(peer)] : [peerName(peer)];
  return {
    id: RowId.parse([...listName(list), ...what].join('-')),
    tier: list.tier,
    direction: list.direction,
    number: 0,
    action: 'allow',
    protocol,
    ports: ports.map(written),
    peer,
    purpose: purposeOf(lack),
    origin: 'derived',
    because: becauseOf(list.rows, stoppedBy, `No row of ${list.tier} ${list.direction} allows it.`),
    for: [...flows],
  };
}

const shield = (lack: AclLack): SuggestedAclRow => ({
  ...allowRow(lack),
  id: RowId.parse([...listName(lack.list), 'not-vpc'].join('-')),
  action: 'deny',
  peer: { network: 'vpc' },
  purpose: 'Keeps the row after it from opening the VPC to itself.',
  because: 'The row after it says 0.0.0.0/0, which contains the VPC.',
});

function becauseOf(rows: readonly NetworkAclRow[], stoppedBy: readonly RowId[], otherwise: string): string {
  const numbers = rows.filter(({ id }) => stoppedBy.includes(id)).map(({ number }) => number);
  if (numbers.length === 0) return otherwise;
  return numbers.length === 1 ? `Row ${numbers[0]} drops it.` : `Rows ${numbers.join(' and ')} drop it.`;
}

const purposeOf = ({ leg, client, server }: Lack): string =>
  leg === 'request'
    ? `Lets the requests of ${client} through to ${server}.`
    : `Lets the replies of ${server} back to ${client}.`;

const listName = ({ tier, direction }: AclLack['list']): string[] => [
  tier,
  direction === 'inbound' ? 'in' : 'out',
];

const peerName = (peer: Lack['peer']): string => Object.values(peer).join('-');

const written = ({ from, to }: Ports): number | string => (from === to ? from : `${from}-${to}`);
