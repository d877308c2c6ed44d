import { type Fact, type UnknownReason, unknown } from '../model/fact.ts';
import type { AllowRule } from '../network/security-group.ts';
import type { PrefixList } from '../services/ec2/facts.ts';

/** The prefix lists as far as they are known. A rule that names one that is not is unresolved, and others are not concerned. */
export interface PrefixLists {
  readonly lists: ReadonlyMap<string, PrefixList>;
  /** Why it is not known what a rule allows; undefined where it is. */
  readonly unresolved: (rule: AllowRule) => UnknownReason | undefined;
}

/** Reads the Region's prefix lists, whether they could be read or not. */
export function prefixLists(fact: Fact<readonly PrefixList[]>): PrefixLists {
  const lists = new Map(fact.kind === 'known' ? fact.value.map(list => [list.id, list]) : []);
  const unresolved = ({ peer }: AllowRule): UnknownReason | undefined => {
    if (peer.kind !== 'prefix-list') return undefined;
    if (fact.kind === 'unknown') return fact.reason;
    const { entries } = lists.get(peer.id) ?? { entries: NOT_READ };
    return entries.kind === 'unknown' ? entries.reason : undefined;
  };
  return { lists, unresolved };
}

const NOT_READ = unknown({ kind: 'not-read', call: 'ec2:GetManagedPrefixListEntries' });
