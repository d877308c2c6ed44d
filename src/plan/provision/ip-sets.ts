import { type Fact, known, unknown } from '../../model/fact.ts';
import type { ListedIpSet } from '../../services/wafv2/facts.ts';
import { createIpSet } from '../../services/wafv2/ip-set/changes.ts';
import { about, building, lookUp, type Part, type Site, standIn, unchanged, withFact } from './site.ts';

interface Wanted extends ListedIpSet {
  readonly version: 'IPV4' | 'IPV6';
}

/** The IP sets that rows of the baseline name: those that are there, and the missing ones with no address in them. */
export function buildIpSets(site: Site): Part {
  const live = lookUp(site, 'wafv2.listedIpSets');
  const wanted = wantedSets(site);
  const lacking = wanted.filter(({ name }) => !live.some(one => one.name === name));
  const [first] = lacking;
  const adopted = live.filter(({ name }) => wanted.some(one => one.name === name));
  const { account, region } = site;
  const setArn = ({ name, arn }: ListedIpSet) =>
    `arn:${account.partition}:wafv2:${region}:${account.id}:regional/ipset/${name}/${arn}`;
  return {
    ...unchanged(site),
    mends:
      first === undefined
        ? []
        : building(site, {
            id: 'ip-sets',
            title: 'create the IP sets of the addresses to block, which are empty at first',
            resource: { type: 'AWS::WAFv2::IPSet', arn: setArn(first), id: first.arn, name: first.name },
            changes: lacking.map(({ name, arn, version }) =>
              createIpSet(
                { name, version },
                about(site, arn, { component: 'blocklist', name, title: `create the IP set ${name}` }),
              ),
            ),
          }),
    adopted: adopted.map(({ name }) => ({ what: 'IP set', region, id: name })),
    facts: withFact(
      withFact(site.facts, 'wafv2.listedIpSets', [
        ...live,
        ...lacking.map(({ arn, name }) => ({ arn, name })),
      ]),
      'wafv2.ipSets',
      [
        ...lookUp(site, 'wafv2.ipSets'),
        ...lacking.map(({ arn, name }) => ({ arn, name, addresses: known([]) })),
        ...unreferenced(site, adopted),
      ],
    ),
  };
}

/** By the row that names each, since the name itself may have signs that the id of a change cannot have. */
const wantedSets = ({ baseline }: Site): Wanted[] =>
  baseline.waf.rules.flatMap(({ id, statement }): Wanted[] =>
    statement.kind === 'ip-sets'
      ? [
          { name: statement.sets.ipv4, arn: standIn(`ip-set-${id}-ipv4`), version: 'IPV4' },
          { name: statement.sets.ipv6, arn: standIn(`ip-set-${id}-ipv6`), version: 'IPV6' },
        ]
      : [],
  );

/** A set that no rule refers to yet, but one of the plan will: nobody has read what is in it. */
const unreferenced = (site: Site, adopted: readonly ListedIpSet[]) =>
  adopted
    .filter(({ arn }) => !lookUp(site, 'wafv2.ipSets').some(one => one.arn === arn))
    .map(({ arn, name }) => ({ arn, name, addresses: UNREAD }));

const UNREAD: Fact<string[]> = unknown({ kind: 'not-read', call: 'wafv2:GetIPSet' });
