import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { allowedPackets } from '../../src/network/security-group.ts';
import { edited } from '../../src/plan/state.ts';
import type { SecurityGroupRule } from '../../src/services/ec2/facts.ts';
import { aclPassage } from '../../src/services/ec2/network-acl/changes.ts';
import { ruleKey } from '../../src/services/ec2/security-group/state.ts';
import { planForShop } from '../apply/planned.ts';
import { entry, type Facts, GROUP, networkAcl, OWNER, rule, shop } from '../builders/shop.ts';
import { demandLaw } from './packet-law.ts';

const runs = process.env.SECURECART_DEEP === '1' ? 2_000 : 40;

const peers = fc.constantFrom(
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '::/0',
  '10.0.0.0/16',
  '10.0.16.0/20',
  '203.0.113.7/32',
  'pl-0a3',
  ...Object.values(GROUP),
);
const traffic = fc.constantFrom(
  'tcp 8080',
  'tcp 443',
  'tcp 22',
  'tcp 0-65535',
  'tcp 80-8080',
  'udp 53',
  '-1 any',
  'icmp 8/0',
);
const ruleWords = fc
  .tuple(fc.constantFrom('ingress', 'egress'), traffic, peers)
  .map(([direction, service, peer]) => `${direction} ${service} ${peer}`);

/** The shop with these rules in these groups, and none else there. */
function shopWith(rules: Partial<Record<string, readonly string[]>>): Facts {
  const facts = shop();
  const kept = facts['ec2.securityGroupRules'].filter(({ group }) => !(group in rules));
  const given = Object.entries(rules).flatMap(([group, words = []]) =>
    [...new Set(words)].map((text, index) => rule(`sgr-${group.slice(3)}f${index}`, group, text)),
  );
  facts['ec2.securityGroupRules'] = [...kept, ...given];
  return facts;
}

const known = (facts: Facts) => ({
  prefixLists: new Map(facts['ec2.prefixLists'].map(list => [list.id, list])),
  groups: new Map(),
});

/** The rules of every group before the plan and after each of its changes, told from the calls and not from the plan's own words. */
function* rulesOnTheWay(facts: Facts, plan: Plan): Generator<SecurityGroupRule[]> {
  let rules = facts['ec2.securityGroupRules'];
  yield rules;
  for (const { call } of changesOf(plan)) {
    rules = called(rules, call.operation, call.input);
    yield rules;
  }
}

const Authorized = z.object({
  GroupId: z.string(),
  IpPermissions: z.tuple([
    z.object({
      IpProtocol: z.string(),
      FromPort: z.number().optional(),
      ToPort: z.number().optional(),
      IpRanges: z.tuple([z.object({ CidrIp: z.string() })]).optional(),
      Ipv6Ranges: z.tuple([z.object({ CidrIpv6: z.string() })]).optional(),
      PrefixListIds: z.tuple([z.object({ PrefixListId: z.string() })]).optional(),
      UserIdGroupPairs: z.tuple([z.object({ GroupId: z.string() })]).optional(),
    }),
  ]),
});
const Revoked = z.object({
  GroupId: z.string(),
  SecurityGroupRuleIds: z.tuple([z.object({ $live: z.tuple([z.literal('rules')], z.string()) })]),
});

function called(rules: SecurityGroupRule[], operation: string, input: unknown): SecurityGroupRule[] {
  if (operation.startsWith('Revoke')) {
    const { GroupId: group, SecurityGroupRuleIds: ids } = Revoked.parse(input);
    const key = ids[0].$live.slice(1).join(' ');
    return rules.filter(other => other.group !== group || ruleKey(other, OWNER) !== key);
  }
  const { GroupId: group, IpPermissions: permissions } = Authorized.parse(input);
  const { IpProtocol: protocol, FromPort: from, ToPort: to, ...peers } = permissions[0];
  const { IpRanges: ipv4, Ipv6Ranges: ipv6, PrefixListIds: lists, UserIdGroupPairs: pairs } = peers;
  const peer = ipv4?.[0].CidrIp ?? ipv6?.[0].CidrIpv6 ?? lists?.[0].PrefixListId ?? pairs?.[0].GroupId;
  const direction = operation.endsWith('Ingress') ? 'ingress' : 'egress';
  const ports = from === undefined ? 'any' : `${from}-${to}`;
  return [...rules, rule(`sgr-new${rules.length}`, group, `${direction} ${protocol} ${ports} ${peer}`)];
}

describe('a plan', () => {
  const drifted = fc.record({
    [GROUP.alb]: fc.array(ruleWords, { maxLength: 5 }),
    [GROUP.backend]: fc.array(ruleWords, { maxLength: 8 }),
  });

  test('of group rules opens before it closes, and leaves nothing to plan', () => {
    fc.assert(
      fc.property(drifted, rules => {
        const facts = shopWith(rules);
        const plan = planForShop(facts, { allowDisruptive: true });
        const way = [...rulesOnTheWay(facts, plan)];
        for (const group of [GROUP.alb, GROUP.backend]) {
          const states = way.map(state => {
            const own = state.filter(({ group: of }) => of === group);
            return {
              ingress: allowedPackets(own, 'ingress', known(facts)),
              egress: allowedPackets(own, 'egress', known(facts)),
            };
          });
          demandLaw(states);
        }
        const after = { ...facts, 'ec2.securityGroupRules': way.at(-1) ?? [] };
        expect(planForShop(after, { allowDisruptive: true }).mends).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  test('says of every change what its calls do to its object', () => {
    fc.assert(
      fc.property(drifted, rules => {
        const facts = shopWith(rules);
        const plan = planForShop(facts, { allowDisruptive: true });
        for (const mend of plan.mends) {
          const start = plan.fingerprints.find(({ object }) => object.id === mend.id)?.state ?? null;
          const end = mend.changes.reduce((state, change) => edited(state, change.edit), start);
          const live = [...rulesOnTheWay(facts, plan)].at(-1)?.filter(({ group }) => group === mend.id) ?? [];
          expect(end?.rules).toHaveLength(live.length);
        }
      }),
      { numRuns: runs },
    );
  });

  const aclTraffic = fc.constantFrom(
    'all 0.0.0.0/0',
    'tcp 443 0.0.0.0/0',
    'tcp 0-65535 10.0.0.0/16',
    'all ::/0',
    'tcp 1024-65535 0.0.0.0/0',
  );
  const aclEntries = fc.uniqueArray(
    fc.tuple(
      fc.constantFrom('inbound', 'outbound'),
      fc.integer({ min: 1, max: 300 }),
      fc.constantFrom('allow', 'deny'),
      aclTraffic,
    ),
    { maxLength: 8, selector: ([direction, number]) => `${direction} ${number}` },
  );

  test('of network ACLs changes what a subnet lets pass at one stroke', () => {
    fc.assert(
      fc.property(aclEntries, entries => {
        const facts = shop();
        const words = entries.map(([direction, number, action, service]) => {
          const [protocol = '', ...rest] = service.split(' ');
          return `${direction} ${number} ${action} ${protocol} ${rest.join(' ')}`;
        });
        facts['ec2.networkAcls'] = facts['ec2.networkAcls'].map(acl =>
          acl.id === 'acl-0b' ? networkAcl('acl-0b', ['subnet-0b1', 'subnet-0b2'], words) : acl,
        );
        const plan = planForShop(facts, { allowDisruptive: true });
        const swaps = changesOf(plan).filter(({ object }) => object.kind === 'subnet-network-acl');
        expect(new Set(swaps.map(({ object }) => object.id)).size).toBe(swaps.length);
        const others = changesOf(plan).filter(
          ({ object }) => object.kind === 'network-acl' && typeof object.id === 'string',
        );
        expect(
          others.map(({ call }) => call.operation).filter(operation => operation !== 'CreateTags'),
        ).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});

test('the entries of a swap are those of the baseline', () => {
  const facts = shop();
  facts['ec2.networkAcls'] = facts['ec2.networkAcls'].map(acl =>
    acl.id === 'acl-0d'
      ? networkAcl('acl-0d', ['subnet-0d1', 'subnet-0d2'], ['inbound 1 allow all 0.0.0.0/0'])
      : acl,
  );
  const plan = planForShop(facts);
  const built = changesOf(plan).filter(({ call }) => call.operation === 'CreateNetworkAclEntry');
  expect(built.map(({ title }) => title)).toEqual([
    'inbound 300: allow tcp 5432 from 10.0.16.0/20',
    'inbound 310: deny all traffic from 0.0.0.0/0',
    'outbound 315: allow tcp 1024-65535 to 10.0.16.0/20',
    'outbound 320: deny all traffic to 0.0.0.0/0',
  ]);
  expect(aclPassage([entry('inbound 300 allow tcp 5432 10.0.16.0/20')]).ingress).toBeDefined();
  expect(plan.account).toBe(OWNER);
});
