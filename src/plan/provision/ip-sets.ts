import { type Fact, known, unknown } from '../../model/fact.ts';
import type { ListedIpSet } from '../../services/wafv2/facts.ts';
import { createIpSet } from '../../services/wafv2/ip-set/changes.ts';
import { about, adopt, build, type Part, standIn } from './part.ts';
import type { Site } from './site.ts';

interface Wanted extends ListedIpSet {
  readonly version: 'IPV4' | 'IPV6';
}

/** The IP sets that rows of the baseline name: those that are there, and the missing ones with no address in them. */
export function buildIpSets(site: Site): Part {
  const { audit } = site;
  const wanted = wantedSets(site);
  const listed = audit.value('wafv2.listedIpSets');
  const live = listed.filter(({ name }) => wanted.some(one => one.name === name));
  const lacking = wanted.filter(({ name }) => !live.some(one => one.name === name));
  const sets = [
    ...audit.value('wafv2.ipSets'),
    ...lacking.map(({ arn, name }) => ({ arn, name, addresses: known([]) })),
    ...unreferenced(site, live),
  ];
  return {
    ...newSets(site, lacking),
    ...adopt(site, 'IP set', ...live.map(({ name }) => name)),
    facts: {
      'wafv2.listedIpSets': known([...listed, ...lacking.map(({ arn, name }) => ({ arn, name }))]),
      'wafv2.ipSets': known(sets),
    },
  };
}

/** By the row that names each, since the name itself may have signs that the id of a change cannot have. */
const wantedSets = ({ audit }: Site): Wanted[] =>
  audit.baseline.waf.rules.flatMap(({ id, statement }): Wanted[] =>
    statement.kind === 'ip-sets'
      ? [
          { name: statement.sets.ipv4, arn: standIn(`ip-set-${id}-ipv4`), version: 'IPV4' },
          { name: statement.sets.ipv6, arn: standIn(`ip-set-${id}-ipv6`), version: 'IPV6' },
        ]
      : [],
  );

function newSets(site: Site, lacking: readonly Wanted[]): Part {
  const [first] = lacking;
  if (first === undefined) return {};
  const { audit } = site;
  const { name, arn: id } = first;
  const arn = audit.arnOf('wafv2', audit.account, `regional/ipset/${name}/${id}`);
  return build(site, {
    id: 'ip-sets',
    title: 'create the IP sets of the addresses to block, which are empty at first',
    resource: { type: 'AWS::WAFv2::IPSet', arn, id, name },
    changes: lacking.map(set => {
      const said = { component: 'blocklist', name: set.name, title: `create the IP set ${set.name}` };
      return createIpSet(set, about(site, set.arn, said));
    }),
  });
}

/** A set that no rule refers to yet, but one of the plan will: nobody has read what is in it. */
const unreferenced = ({ audit }: Site, live: readonly ListedIpSet[]) =>
  live
    .filter(({ arn }) => !audit.value('wafv2.ipSets').some(one => one.arn === arn))
    .map(({ arn, name }) => ({ arn, name, addresses: UNREAD }));

const UNREAD: Fact<string[]> = unknown({ kind: 'not-read', call: 'wafv2:GetIPSet' });
