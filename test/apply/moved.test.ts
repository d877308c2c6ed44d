import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateTagsCommand,
  DescribeNetworkAclsCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LiveAccount } from '../../src/apply/account.ts';
import { factOf } from '../../src/binding/bind.ts';
import { need } from '../../src/model/fact.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import type { Passage } from '../../src/network/effect.ts';
import { passage } from '../../src/services/ec2/security-group/changes.ts';
import type { Network } from '../emulator/accounts/compliant-network.ts';
import { demandLaw } from '../laws/packet-law.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedAcls, buildDriftedGroups, canonicalState } from './accounts.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { fix, undo } from './live.ts';
import { planFor } from './planned.ts';
import { whole } from './spoil-each.ts';

const on = emulated();

const openSsh = ({ groups }: Network) =>
  on.aws.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: groups.backend,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '198.51.100.0/24' }] },
      ],
    }),
  );

const tag = (id: string) =>
  on.aws.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'team', Value: 'checkout' }] }));

/** What somebody else does to each kind of object, and what the refusal names. */
const moves = [
  {
    name: 'a rule of a group',
    build: buildDriftedGroups,
    move: openSsh,
    says: /rules gained .*198\.51\.100\.0\/24/,
  },
  {
    name: 'a tag of a group',
    build: buildDriftedGroups,
    move: ({ groups }: Network) => tag(groups.backend),
    says: /tags was .* and is .*checkout/,
  },
  {
    name: 'an entry of a NACL in force',
    build: buildDriftedAcls,
    move: ({ acls }: Network) =>
      on.aws.ec2.send(
        new CreateNetworkAclEntryCommand({
          NetworkAclId: acls.private,
          RuleNumber: 7,
          Egress: false,
          RuleAction: 'deny',
          Protocol: '-1',
          CidrBlock: '203.0.113.0/24',
        }),
      ),
    says: /entries gained .*203\.0\.113\.0\/24/,
  },
  {
    name: 'a setting of a subnet',
    build: buildDriftedAcls,
    move: ({ subnets }: Network) =>
      on.aws.ec2.send(
        new ModifySubnetAttributeCommand({
          SubnetId: subnets.public[0],
          MapPublicIpOnLaunch: { Value: false },
        }),
      ),
    says: /publicIpOnLaunch was true and is false/,
  },
];

describe.each(moves)('when somebody changes $name', ({ build, move, says }) => {
  let network: Network;
  let plan: Plan;
  beforeEach(async () => {
    network = await build(on.aws);
    plan = planFor(await take(), {}, ({ control }) =>
      /^(security-group|network-acl)\/|public-ip/.test(control),
    );
  });

  test('between plan and apply, nothing is touched', async () => {
    await move(network);
    const before = await canonicalState(on.aws);
    await demandStale(on, plan, says);
    expect(await canonicalState(on.aws)).toEqual(before);
  });
});

describe('when somebody changes a group after the fix', () => {
  let path: string;
  let network: Network;
  beforeEach(async () => {
    network = await buildDriftedGroups(on.aws);
    const plan = planFor(await take(), {}, ({ control }) => control.startsWith('security-group/'));
    path = on.file('fixed');
    await fix(plan, path, on.account);
    await openSsh(network);
  });

  test('undo refuses to overwrite it', async () => {
    const before = await canonicalState(on.aws);
    await expect(undo(path, on.account)).rejects.toMatchObject({
      code: 'undo-conflict',
      detail: expect.stringContaining('198.51.100.0/24'),
    });
    expect(await canonicalState(on.aws)).toEqual(before);
  });

  test('a forced undo takes back its own changes, and leaves theirs', async () => {
    expect(await undo(path, on.account, true)).toEqual(whole);
    const state = (await canonicalState(on.aws)).join('\n');
    expect(state).toContain('198.51.100.0/24');
    expect(state).toContain('for the launch day');
  });
});

test('the swap of a NACL is the change that a subnet notices', async () => {
  const network = await buildDriftedAcls(on.aws);
  const plan = planFor(await take(), {}, ({ control }) => control.startsWith('network-acl/'));
  const halves: (number | undefined)[] = [];
  const watching: LiveAccount = {
    ...on.account,
    send: async (call, region) => {
      const answer = await on.account.send(call, region);
      if (call.operation !== 'CreateNetworkAclEntry') return answer;
      // While entries are written one by one, the list in force is the whole old one.
      const { NetworkAcls: acls = [] } = await on.aws.ec2.send(
        new DescribeNetworkAclsCommand({
          Filters: [{ Name: 'association.subnet-id', Values: [network.subnets.private[0] ?? ''] }],
        }),
      );
      halves.push(acls[0]?.Entries?.length);
      return answer;
    },
  };
  await fix(plan, on.file('swap'), watching);
  expect(halves.length).toBeGreaterThan(1);
  expect(new Set(halves).size).toBe(1);
});

/** What says what a group lets pass. */
const RULES = ['ec2.securityGroupRules', 'ec2.prefixLists'] as const;

test('a group on the way lets pass all that it did and will, and nothing that it neither did nor will', async () => {
  const network = await buildDriftedGroups(on.aws);
  const plan = planFor(await take(), {}, ({ control }) => control.startsWith('security-group/'));
  const groups = [...Object.values(network.groups), network.defaultGroup];
  const seen = new Map<string, Passage[]>();
  const look = async () => {
    const [facts = {}] = Object.values((await take({ facts: RULES })).regions);
    const lists = need(factOf(facts, 'ec2.prefixLists')).map(list => [list.id, list] as const);
    const rules = need(factOf(facts, 'ec2.securityGroupRules'));
    const peers = { prefixLists: new Map(lists), groups: new Map() };
    for (const group of groups) {
      const own = rules.filter(({ group: of }) => of === group);
      seen.set(group, [...(seen.get(group) ?? []), passage(own, peers)]);
    }
  };
  await look();
  const watching: LiveAccount = {
    ...on.account,
    send: async (call, region) => {
      const answer = await on.account.send(call, region);
      await look();
      return answer;
    },
  };
  await fix(plan, on.file('law'), watching, { parallel: 1 });
  expect(seen.get(network.groups.backend)).toHaveLength(changesOf(plan).length + 1);
  for (const states of seen.values()) demandLaw(states);
});

test('a rule that is taken back has the tags that it had', async () => {
  const network = await buildDriftedGroups(on.aws);
  await on.aws.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: network.groups.rds,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 3389,
          ToPort: 3389,
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'on call' }],
        },
      ],
      TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'ticket', Value: 'OPS-7' }] }],
    }),
  );
  const before = await canonicalState(on.aws);
  expect(before.filter(text => text.includes('OPS-7') && text.includes('on call'))).toHaveLength(1);
  await fix(
    planFor(await take(), {}, ({ control }) => control === 'security-group/rds-ingress'),
    on.file('tags'),
    on.account,
  );
  expect((await canonicalState(on.aws)).join('\n')).not.toContain('OPS-7');
  await undo(on.file('tags'), on.account);
  expect(await canonicalState(on.aws)).toEqual(before);
});
