import { decisions } from '../../network/network-acl.ts';
import { intersection, isEmpty, NO_PACKETS, type PacketSet } from '../../network/packet-set.ts';
import type { Checkpoint, Path } from '../../network/path.ts';
import { ofPlace, type Request } from '../../network/reachability.ts';
import { combine, type Region } from '../../network/region.ts';
import { allowedPackets } from '../../network/security-group.ts';
import type { NetworkAclEntry } from '../../services/ec2/facts.ts';
import { entryName } from '../entry-words.ts';
import type { LiveLists } from './live-network.ts';

/** The ids of the rules and the names of the entries that let requests through, in the order in which they meet them. */
export function lettingThrough(lists: LiveLists, path: Path, requests: readonly Request[]): string[] {
  return path.checkpoints
    .filter(({ leg }) => leg === 'request')
    .flatMap(checkpoint => {
      const asked = requests
        .map(
          ({ services, clients, servers }): Region => [
            { ...services, value: checkpoint.looksAt === 'client' ? clients : servers },
          ],
        )
        .reduce((all, region) => combine(all, region, (a, b) => a || b), []);
      return checkpoint.list.kind === 'security-group'
        ? rulesLetting(lists, path, checkpoint, asked)
        : entriesDeciding(lists, path, checkpoint, asked, 'allow');
    });
}

/** The names of the entries that deny packets at a list; a security group denies by not naming them. */
export const stopping = (lists: LiveLists, path: Path, checkpoint: Checkpoint, packets: Region): string[] =>
  checkpoint.list.kind === 'security-group' ? [] : entriesDeciding(lists, path, checkpoint, packets, 'deny');

function rulesLetting(
  { rules, known }: LiveLists,
  path: Path,
  { list, looksAt }: Checkpoint,
  asked: Region,
): string[] {
  return list.ids
    .flatMap(id => rules.get(id) ?? [])
    .filter(rule => {
      const allowed = allowedPackets([rule], list.direction, known)[path.family];
      return combine(ofPlace(allowed, path[looksAt], path.family), asked, (a, b) => a && b).length > 0;
    })
    .map(({ id }) => id);
}

function entriesDeciding(
  { acls }: LiveLists,
  { family }: Path,
  { list }: Checkpoint,
  region: Region,
  action: NetworkAclEntry['action'],
): string[] {
  const packets: PacketSet = { ...NO_PACKETS, [family]: region };
  return list.ids.flatMap(id => {
    const acl = acls.get(id);
    if (acl === undefined) return [];
    return decisions(acl.entries, list.direction)
      .filter(({ entry, packets: own }) => entry.action === action && !isEmpty(intersection(own, packets)))
      .map(({ entry }) => entryName(acl, entry));
  });
}
