import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../rules/index.ts';
import {
  addEntries,
  addRoutes,
  addRules,
  changeInterfaces,
  changes,
  replaceRule,
} from '../../../test/builders/change.ts';
import {
  type Facts,
  GROUP,
  networkInterface,
  REGION,
  route,
  shop,
  VPC,
} from '../../../test/builders/shop.ts';
import { denied, shippedBaseline, snapshotOfShop } from '../../../test/builders/snapshot.ts';
import type { ReachComparison } from '../../model/reach-comparison.ts';
import type { FactName } from '../../services/facts.ts';
import { evaluate } from '../evaluate.ts';

function reachOf(
  change: (facts: Facts) => unknown = () => undefined,
  without: readonly FactName[] = [],
  control = 'reachability/*',
): readonly ReachComparison[] {
  const facts = shop();
  change(facts);
  const options = { controls: [control], digest: (text: string) => text };
  return evaluate(catalogue, snapshotOfShop(facts, without), shippedBaseline, options).reach;
}

const linksOf = (change?: (facts: Facts) => unknown) =>
  reachOf(change).flatMap(({ links }) => (links.kind === 'known' ? links.value : []));

/** As `alb > backend +tcp 22 -tcp 8080`. */
const differencesIn = (change: (facts: Facts) => unknown): string[] =>
  linksOf(change)
    .filter(({ more, less }) => more.length + less.length > 0)
    .map(({ from, to, family, more, less }) =>
      [`${from} > ${to}`, ...more.map(words => `+${words}`), ...less.map(words => `-${words}`), family]
        .filter(word => word !== 'ipv4')
        .join(' '),
    );

test('a VPC in which no component stands yet is not compared', () => {
  const emptied = reachOf(facts => {
    facts['ec2.networkInterfaces'] = [];
    facts['ec2.vpcEndpoints'] = [];
    facts['elbv2.loadBalancers'] = [];
    facts['ecs.services'] = [];
    facts['lambda.functions'] = [];
    facts['rds.dbInstances'] = [];
  });
  expect(emptied).toEqual([]);
});

test('the shop reaches what the baseline wants, and nothing else', () => {
  expect(differencesIn(() => undefined)).toEqual([]);
  const said = linksOf().map(({ from, to, both }) => `${from} > ${to} ${both.join('; ')}`);
  for (const flow of [
    'internet > alb tcp 80, 443',
    'alb > backend tcp 8080',
    'backend > rds tcp 5432',
    'backend > s3 tcp 443',
    'lambda > endpoints tcp 443',
  ])
    expect(said).toContain(flow);
});

describe('what is not as in the baseline', () => {
  test.each<[string, (facts: Facts) => unknown, string[]]>([
    [
      'a port more and a port less',
      replaceRule('sgr-0d1', GROUP.rds, `ingress tcp 5433 ${GROUP.backend}`),
      ['backend > rds -tcp 5432'],
    ],
    [
      'a network ACL drops the answers',
      facts => {
        for (const acl of facts['ec2.networkAcls'])
          if (acl.id === 'acl-0d') acl.entries = acl.entries.filter(({ number }) => number !== 315);
      },
      ['backend > rds -tcp 5432'],
    ],
    [
      'functions reach the database',
      changes(
        addRules(GROUP.rds, 'ingress tcp 5432 10.0.16.0/20'),
        addRules(GROUP.lambda, 'egress tcp 5432 10.0.32.0/20'),
      ),
      ['lambda > rds +tcp 5432'],
    ],
    [
      'a network at the other end of a VPN, by its gateway',
      changes(
        addRoutes('rtb-0b', route('192.168.0.0/16', 'vgw-1')),
        addRules(GROUP.backend, 'ingress tcp 22 192.168.0.0/16'),
        addEntries('acl-0b', 'inbound 1 allow tcp 22 192.168.0.0/16', 'outbound 1 allow all 192.168.0.0/16'),
      ),
      ['lambda > vgw-1 +tcp 443', 'vgw-1 > backend +tcp 22'],
    ],
    [
      'whatever is of no component, under one name',
      changes(addRules(GROUP.backend, 'ingress tcp 22 10.0.16.0/20'), facts => {
        for (const [index, group] of [GROUP.default, GROUP.lambda].entries())
          facts['ec2.networkInterfaces'].push(
            networkInterface(`eni-${index}`, 'subnet-0b1', 'interface', 'me', group, `10.0.16.5${index}`),
          );
        addRules(GROUP.default, 'egress tcp 22 0.0.0.0/0')(facts);
      }),
      ['other hosts > alb +tcp 443', 'other hosts > backend +tcp 22', 'other hosts > endpoints +tcp 443'],
    ],
    [
      'IPv6, where the VPC has it',
      changes(
        facts => {
          for (const vpc of facts['ec2.vpcs']) vpc.ipv6Cidrs = ['2600:1f18::/56'];
        },
        addRules(GROUP.alb, 'ingress tcp 443 ::/0'),
        addEntries('acl-0a', 'inbound 1 allow tcp 443 ::/0', 'outbound 1 allow tcp 1024-65535 ::/0'),
        addRoutes('rtb-0a', route('::/0', 'igw-0a')),
        changeInterfaces(GROUP.alb, one => one.ipv6Addresses.push('2600:1f18::10')),
      ),
      ['internet > alb +tcp 443 ipv6'],
    ],
  ])('%s', (_, change, expected) => {
    expect(differencesIn(change)).toEqual(expected);
  });
});

test('a comparison of what is known in part would show as missing what is not known', () => {
  expect(reachOf(undefined, ['ec2.networkAcls'])).toMatchObject([
    { region: REGION, vpc: VPC, links: { kind: 'unknown', reason: denied('ec2.networkAcls') } },
  ]);
  expect(reachOf(undefined, ['lambda.functions'])).toMatchObject([
    { links: { kind: 'unknown', reason: denied('lambda.functions') } },
  ]);
});

test('there is none where no control asks for it, and none without the VPC', () => {
  expect(reachOf(undefined, [], 'vpc/*')).toEqual([]);
  const away = (facts: Facts) => {
    facts['ec2.vpcs'] = [];
  };
  expect(reachOf(away)).toEqual([]);
});
