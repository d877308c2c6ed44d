import type { Region } from '../../../model/identifiers.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Call, Change, ChangeId, Created, LiveObject } from '../../../model/plan.ts';
import { effectOf, NO_EFFECT, type Passage } from '../../../network/effect.ts';
import { permittedPackets } from '../../../network/network-acl.ts';
import type { NetworkAcl, NetworkAclEntry, Subnet } from '../facts.ts';
import { aclInSubnet, entriesState, entryState } from './state.ts';

/** One tier: its subnets, each with the NACL it has now, and the entries it should have. */
export interface TierMend {
  readonly region: Region;
  readonly tier: string;
  readonly vpc: string;
  /** Marks what is created, so that it can be found again: the plan's id. */
  readonly plan: string;
  readonly wanted: readonly NetworkAclEntry[];
  readonly subnets: readonly { readonly subnet: Subnet; readonly acl: NetworkAcl }[];
  /** A NACL that has the wanted entries already, and only needs to be associated. */
  readonly ready?: NetworkAcl;
}

/**
 * The changes of one tier: a NACL is built whole beside the old one, where it filters nothing yet, and then takes its
 * place subnet by subnet, each time at once. The old one stays as it is, so that the way back is the same swap.
 */
export function tierChanges(mend: TierMend): Change[] {
  const creation = mend.ready === undefined ? [create(mend), ...build(mend)] : [];
  const built = creation.slice(-1).map(({ id }) => id);
  const target = mend.ready?.id ?? { $created: createId(mend) };
  const swaps = mend.subnets.map(from => swap(mend, from, target, built));
  const swapped = swaps.map(({ id }) => id);
  return [...creation, ...swaps, ...replacedAcls(mend).map(acl => mark(mend, acl, swapped))];
}

/** The NACLs that have no subnet left once a tier's are gone; of the default one nobody wonders why it is there. */
export function replacedAcls({ subnets }: Pick<TierMend, 'subnets'>): NetworkAcl[] {
  const leaving = new Set(subnets.map(({ subnet }) => subnet.id));
  const acls = new Map(subnets.map(({ acl }) => [acl.id, acl]));
  return [...acls.values()].filter(
    acl => !acl.isDefault && acl.associations.every(({ subnet }) => leaving.has(subnet)),
  );
}

/** The NACL itself as an object. */
export const aclObject = (region: Region, id: string | Created): LiveObject => ({
  kind: 'network-acl',
  region,
  id,
});

/** What a NACL lets pass. */
export const aclPassage = (entries: readonly NetworkAclEntry[]): Passage => ({
  ingress: permittedPackets(entries, 'ingress'),
  egress: permittedPackets(entries, 'egress'),
});

/** The subnet as the holder of an association. */
export const subnetAclObject = (region: Region, subnet: string): LiveObject => ({
  kind: 'subnet-network-acl',
  region,
  id: subnet,
});

/** The mend of a tier, and the beginning of its changes' ids; a plan may be about the same tier in several Regions. */
export const tierMend = ({ region, tier }: Pick<TierMend, 'region' | 'tier'>): ChangeId =>
  `nacl/${region}/${tier}`;

const createId = (mend: TierMend): ChangeId => `${tierMend(mend)}/create`;

function create(mend: TierMend): Change {
  const id = createId(mend);
  const tags = {
    Name: `securecart-${mend.tier}`,
    'securecart:managed': 'true',
    'securecart:component': mend.tier,
    'securecart:plan': mend.plan,
    'securecart:change': id,
  };
  const created: Created = { $created: id };
  return {
    id,
    title: `create a network ACL for the ${mend.tier} tier, associated with nothing yet`,
    object: aclObject(mend.region, created),
    edit: { kind: 'create', state: { vpc: mend.vpc, tags, entries: [] } },
    call: ec2('CreateNetworkAcl', {
      VpcId: mend.vpc,
      ClientToken: { $token: mend.tier },
      TagSpecifications: [
        {
          ResourceType: 'network-acl',
          Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        },
      ],
    }),
    permissions: ['ec2:CreateNetworkAcl', 'ec2:CreateTags'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: ec2('DeleteNetworkAcl', { NetworkAclId: created }),
      permissions: ['ec2:DeleteNetworkAcl'],
    },
  };
}

function build(mend: TierMend): Change[] {
  const created: Created = { $created: createId(mend) };
  const id = (entry: NetworkAclEntry) =>
    `${tierMend(mend)}/${entry.egress ? 'outbound' : 'inbound'}-${entry.number}`;
  return mend.wanted.map((entry, index): Change => {
    const previous = mend.wanted[index - 1];
    return {
      id: id(entry),
      title: entryWords(entry),
      object: aclObject(mend.region, created),
      edit: { kind: 'list', field: 'entries', remove: [], add: [entryState(entry)] },
      call: ec2('CreateNetworkAclEntry', { NetworkAclId: created, ...entryInput(entry) }),
      permissions: ['ec2:CreateNetworkAclEntry'],
      effect: NO_EFFECT,
      dependsOn: [previous === undefined ? createId(mend) : id(previous)],
      undo: { kind: 'with', change: createId(mend) },
    };
  });
}

function swap(
  mend: TierMend,
  { subnet, acl }: TierMend['subnets'][number],
  target: string | Created,
  dependsOn: ChangeId[],
): Change {
  return {
    id: `${tierMend(mend)}/associate-${subnet.id}`,
    title: `let ${subnet.id} (${subnet.cidr}) leave ${acl.id} for the tier's network ACL`,
    object: subnetAclObject(mend.region, subnet.id),
    edit: {
      kind: 'set',
      fields: {
        acl: { from: aclInSubnet(acl), to: target },
        // One that is ready may say the same in other words.
        entries: {
          from: entriesState(acl.entries),
          to: entriesState(mend.ready?.entries ?? mend.wanted),
        },
      },
    },
    call: associate(target),
    permissions: ['ec2:ReplaceNetworkAclAssociation'],
    effect: effectOf(aclPassage(acl.entries), aclPassage(mend.wanted)),
    dependsOn,
    undo: { kind: 'call', call: associate(acl.id), permissions: ['ec2:ReplaceNetworkAclAssociation'] },
  };
}

/** Tells who finds the old NACL, unassociated, why it is kept. */
function mark(mend: TierMend, acl: NetworkAcl, dependsOn: ChangeId[]): Change {
  const tag = { Key: 'securecart:replaced-by', Value: mend.plan };
  return {
    id: `${tierMend(mend)}/mark-${acl.id}`,
    title: `tag ${acl.id}, which is kept for undo, as replaced`,
    object: aclObject(mend.region, acl.id),
    edit: { kind: 'set', fields: { tags: { from: acl.tags, to: { ...acl.tags, [tag.Key]: tag.Value } } } },
    call: ec2('CreateTags', { Resources: [acl.id], Tags: [tag] }),
    permissions: ['ec2:CreateTags'],
    effect: NO_EFFECT,
    dependsOn,
    undo: {
      kind: 'call',
      call: ec2('DeleteTags', { Resources: [acl.id], Tags: [tag] }),
      permissions: ['ec2:DeleteTags'],
    },
  };
}

/** The association's id is looked up just before the call: each replacement makes a new one. */
const associate = (acl: string | Created): Call =>
  ec2('ReplaceNetworkAclAssociation', { AssociationId: { $live: ['association'] }, NetworkAclId: acl });

const ec2 = (operation: string, input: JsonObject): Call => ({ service: 'ec2', operation, input });

function entryInput({ number, egress, action, protocol, cidr, ports, icmp }: NetworkAclEntry): JsonObject {
  return {
    RuleNumber: number,
    Egress: egress,
    RuleAction: action,
    Protocol: protocol,
    ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    ...(ports !== undefined && { PortRange: { From: ports.from, To: ports.to } }),
    ...(icmp !== undefined && { IcmpTypeCode: { Type: icmp.type, Code: icmp.code } }),
  };
}

const names: Record<string, string> = {
  '-1': 'all traffic',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
};

function entryWords({ number, egress, action, protocol, cidr, ports }: NetworkAclEntry): string {
  const range = ports && (ports.from === ports.to ? ` ${ports.from}` : ` ${ports.from}-${ports.to}`);
  const service = `${names[protocol] ?? `protocol ${protocol}`}${range ?? ''}`;
  return `${egress ? 'outbound' : 'inbound'} ${number}: ${action} ${service} ${egress ? 'to' : 'from'} ${cidr}`;
}
