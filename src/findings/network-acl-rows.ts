import { tierFacts } from '../binding/binding.ts';
import type { NetworkAclRow, Tier } from '../model/baseline/row.ts';
import { decisions, permittedPackets } from '../network/network-acl.ts';
import {
  difference,
  intersection,
  isEmpty,
  NO_PACKETS,
  type PacketSet,
  union,
} from '../network/packet-set.ts';
import { witness } from '../network/witness.ts';
import type { NetworkAcl, NetworkAclEntry } from '../services/ec2/facts.ts';
import type { FactName } from '../services/facts.ts';
import { heldFor } from './baseline-item.ts';
import type { Outcome, VpcAudit } from './control.ts';
import { entryName, entryWords, sameCidr, sameServices } from './entry-words.ts';
import { networkAclResource, vpcResource } from './resources.ts';
import { packetWords } from './rule-words.ts';
import { networkAclOf } from './subnet-associations.ts';
import { flowOf, type ListDirection, type WantedEntry, wantedEntries } from './wanted-entries.ts';

/** How the rows of network ACLs are told, whichever tier they are of. */
export const networkAclMessages = {
  inForce: 'Row {row} is in force.',
  missing: 'Row {row} is not in force: no entry allows {packets}.',
  shadowed: 'Row {row} is not in force: {packets} is denied before, by {entries}.',
  changed: 'Row {row} stands there in another form: {entry} has taken its place.',
  opened: 'Row {row} is not in force: {packets} is allowed before, by {entries}.',
  extra: '{entry} allows {packets}, which no row of the baseline does.',
  nothingElse: 'Nothing is allowed that no row of the baseline allows.',
  empty: 'The tier {tier} has no subnets: see vpc/tiers.',
} as const;

type Message = keyof typeof networkAclMessages;

const needs = [...tierFacts, 'ec2.networkAcls'] as const satisfies readonly FactName[];

/** What the controls of one tier's rows in one direction share; each adds what it demands, and why. */
export const networkAclRows = (tier: Tier, direction: ListDirection) => ({
  scope: 'vpc' as const,
  needs,
  messages: networkAclMessages,
  remediation:
    'Write the whole list into a new network ACL, then associate the subnets with that one: so no subnet is without a list for a moment. `securecart fix` plans it.',
  evaluate: (audit: VpcAudit): Iterable<Outcome<Message>> => judgeTier(audit, tier, direction),
});

function* judgeTier(audit: VpcAudit, tier: Tier, direction: ListDirection): Iterable<Outcome<Message>> {
  const all = audit.value('ec2.networkAcls');
  const acls = new Set(audit.tier(tier).flatMap(({ id }) => networkAclOf(id, audit.vpc.id, all) ?? []));
  if (acls.size === 0) {
    const resource = vpcResource(audit, audit.vpc);
    yield { status: 'not-applicable', resource, message: 'empty', data: { tier } };
  }
  const wanted = wantedEntries(audit.baseline, tier, direction);
  for (const acl of acls) {
    const resource = networkAclResource(audit, acl);
    for (const verdict of judgeAcl(comparisonOf(acl, wanted, direction))) yield { ...verdict, resource };
  }
}

/** One list of a live network ACL beside the rows of its tier. */
interface Comparison {
  readonly acl: NetworkAcl;
  readonly direction: ListDirection;
  readonly wanted: readonly WantedEntry[];
  /** By row, the packets that it decides where the rows are in force. */
  readonly rows: ReadonlyMap<NetworkAclRow, PacketSet>;
  readonly permitted: PacketSet;
  /** By live entry, what it allows and the rows do not. An entry goes when a finding has told of it. */
  readonly unexpected: Map<NetworkAclEntry, PacketSet>;
}

type Verdict = Omit<Exclude<Outcome<Message>, { status: 'unknown' }>, 'resource'>;

function comparisonOf(acl: NetworkAcl, wanted: readonly WantedEntry[], direction: ListDirection): Comparison {
  const flow = flowOf(direction);
  const rows = new Map<NetworkAclRow, PacketSet>();
  for (const { entry, packets } of decisions(wanted, flow)) {
    rows.set(entry.row, union(rows.get(entry.row) ?? NO_PACKETS, packets));
  }
  const intended = permittedPackets(wanted, flow);
  const unexpected = new Map<NetworkAclEntry, PacketSet>();
  for (const { entry, packets } of decisions(acl.entries, flow)) {
    const extra = entry.action === 'allow' ? difference(packets, intended) : NO_PACKETS;
    if (!isEmpty(extra)) unexpected.set(entry, extra);
  }
  return { acl, direction, wanted, rows, permitted: permittedPackets(acl.entries, flow), unexpected };
}

/** Rows that allow come first, so that an entry in the place of one is told with it; what is left is told with the row that denies it. */
function* judgeAcl(comparison: Comparison): Iterable<Verdict> {
  const { rows, unexpected } = comparison;
  const exact = unexpected.size === 0;
  for (const [row, packets] of rows) if (row.action === 'allow') yield judgeAllow(row, packets, comparison);
  let denied = NO_PACKETS;
  for (const [row, packets] of rows) {
    if (row.action === 'allow') continue;
    yield judgeDeny(row, packets, comparison);
    denied = union(denied, packets);
  }
  for (const [entry, extra] of unexpected) {
    const rest = difference(extra, denied);
    if (!isEmpty(rest)) yield judgeExtra(entry, rest, comparison);
  }
  if (exact) yield { status: 'pass', key: 'nothing-else', message: 'nothingElse' };
}

const aboutRow = (row: NetworkAclRow, { wanted }: Comparison) => ({
  key: row.id,
  ...heldFor(row),
  expected: entryWords(wanted.filter(entry => entry.row === row)),
});

function judgeAllow(row: NetworkAclRow, packets: PacketSet, comparison: Comparison): Verdict {
  const { acl, direction, permitted, unexpected } = comparison;
  const about = aboutRow(row, comparison);
  const flow = flowOf(direction);
  const missing = difference(packets, permitted);
  if (isEmpty(missing)) return { status: 'pass', ...about, message: 'inForce', data: { row: row.id } };
  const changed = entryInPlaceOf(row, comparison);
  if (changed !== undefined) {
    const extra = unexpected.get(changed) ?? NO_PACKETS;
    unexpected.delete(changed);
    return {
      status: 'fail',
      ...about,
      message: 'changed',
      data: { row: row.id, entry: entryName(acl, changed) },
      actual: entryWords([changed]),
      witness: witness(extra, flow),
      blame: [entryName(acl, changed)],
    };
  }
  const told = { row: row.id, packets: packetWords(missing, flow) };
  const fail = { status: 'fail' as const, ...about, witness: witness(missing, flow) };
  const denying = shadowing(missing, comparison);
  if (denying.length === 0) return { ...fail, message: 'missing', data: told };
  const blame = denying.map(entry => entryName(acl, entry));
  const data = { ...told, entries: blame.join(', ') };
  return { ...fail, message: 'shadowed', data, actual: entryWords(denying), blame };
}

/** The entry that took the place of a row: one that allows more than the rows do, by its number, its services or its addresses. */
function entryInPlaceOf(row: NetworkAclRow, { wanted, unexpected }: Comparison): NetworkAclEntry | undefined {
  const own = wanted.filter(entry => entry.row === row);
  const candidates = [...unexpected.keys()];
  const by = (same: (a: NetworkAclEntry, b: NetworkAclEntry) => boolean) =>
    candidates.find(candidate => own.some(entry => same(candidate, entry)));
  return by((a, b) => a.number === b.number) ?? by(sameServices) ?? by(sameCidr);
}

/** The entries that deny packets which a later entry would allow. */
function shadowing(missing: PacketSet, { acl, direction }: Comparison): NetworkAclEntry[] {
  const flow = flowOf(direction);
  const late = acl.entries
    .filter(entry => entry.action === 'allow')
    .map(entry => intersection(permittedPackets([entry], flow), missing))
    .reduce(union, NO_PACKETS);
  return decisions(acl.entries, flow)
    .filter(({ packets }) => !isEmpty(intersection(packets, late)))
    .map(({ entry }) => entry);
}

function judgeDeny(row: NetworkAclRow, packets: PacketSet, comparison: Comparison): Verdict {
  const { acl, direction, unexpected } = comparison;
  const about = aboutRow(row, comparison);
  const opening = [...unexpected].filter(([, extra]) => !isEmpty(intersection(extra, packets)));
  if (opening.length === 0) return { status: 'pass', ...about, message: 'inForce', data: { row: row.id } };
  const flow = flowOf(direction);
  const open = intersection(opening.map(([, extra]) => extra).reduce(union, NO_PACKETS), packets);
  const entries = opening.map(([entry]) => entry);
  const blame = entries.map(entry => entryName(acl, entry));
  return {
    status: 'fail',
    ...about,
    message: 'opened',
    data: { row: row.id, packets: packetWords(open, flow), entries: blame.join(', ') },
    actual: entryWords(entries),
    witness: witness(open, flow),
    blame,
  };
}

function judgeExtra(
  entry: NetworkAclEntry,
  rest: PacketSet,
  { acl, direction, wanted }: Comparison,
): Verdict {
  const name = entryName(acl, entry);
  return {
    status: 'fail',
    key: `${direction} ${entry.number}`,
    message: 'extra',
    data: { entry: name, packets: packetWords(rest, flowOf(direction)) },
    expected: entryWords(wanted.filter(({ action }) => action === 'allow')) || 'nothing allowed',
    actual: entryWords([entry]),
    witness: witness(rest, flowOf(direction)),
    blame: [name],
  };
}
