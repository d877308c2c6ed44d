import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteIPSetCommand,
  GetWebACLCommand,
  ListIPSetsCommand,
  PutLoggingConfigurationCommand,
  TagResourceCommand,
  UpdateWebACLCommand,
} from '@aws-sdk/client-wafv2';
import { beforeEach, expect, test } from 'vitest';
import { associate, createIpSet, createWebAcl, visible } from '../emulator/accounts/web-acl.ts';
import { account as accountId, region } from '../emulator/emulator.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { fix, undo } from './live.ts';
import { whole } from './spoil-each.ts';
import { buildFronts, type Fronts, planOfWaf, stateOfWaf } from './waf-account.ts';

const on = emulated();
let fronts: Fronts;
let webAcl: string;
beforeEach(async () => {
  fronts = await buildFronts(on.aws);
  webAcl = await createWebAcl(on.aws, 'securecart', []);
  await associate(on.aws, webAcl, [fronts.stage]);
});

const logGroup = 'aws-waf-logs-securecart';

const addRule = async (): Promise<void> => {
  const { WebACL, LockToken } = await on.aws.waf.send(new GetWebACLCommand({ ARN: webAcl }));
  const { Name, Id, DefaultAction, VisibilityConfig } = WebACL ?? {};
  const theirs = {
    Name: 'Theirs',
    Priority: 90,
    Action: { Block: {} },
    Statement: { GeoMatchStatement: { CountryCodes: ['KP' as const] } },
    VisibilityConfig: visible('Theirs'),
  };
  const all = { Scope: 'REGIONAL' as const, Name, Id, DefaultAction, VisibilityConfig, LockToken };
  await on.aws.waf.send(new UpdateWebACLCommand({ ...all, Rules: [theirs] }));
};

/** What somebody else does to each kind of object between plan and apply, and what the refusal names. */
const moves: { name: string; move: () => Promise<unknown>; says: RegExp }[] = [
  { name: 'a rule of the web ACL', move: addRule, says: /rules gained .*Theirs/ },
  {
    name: 'a tag of the web ACL',
    move: () =>
      on.aws.waf.send(new TagResourceCommand({ ResourceARN: webAcl, Tags: [{ Key: 'team', Value: 'web' }] })),
    says: /tags was \{\} and is \{"team":"web"\}/,
  },
  {
    name: 'what stands before the load balancer',
    move: async () => associate(on.aws, await createWebAcl(on.aws, 'corporate', []), [fronts.loadBalancer]),
    says: /web-acl-association .*webAcl was null and is ".*corporate/,
  },
  {
    name: 'where the web ACL logs to',
    move: () =>
      on.aws.waf.send(
        new PutLoggingConfigurationCommand({
          LoggingConfiguration: {
            ResourceArn: webAcl,
            LogDestinationConfigs: [`arn:aws:logs:${region}:${accountId}:log-group:aws-waf-logs-theirs`],
          },
        }),
      ),
    says: /web-acl-logging .*: it should not exist, and does/,
  },
  {
    name: 'the log group',
    move: () => on.aws.logs.send(new CreateLogGroupCommand({ logGroupName: logGroup })),
    says: /log-group aws-waf-logs-securecart: it should not exist, and does/,
  },
  {
    name: 'an IP set, by making one of the same name',
    move: () => createIpSet(on.aws, 'IPV4'),
    says: /ip-set: somebody has made one of that name: arn:\S+securecart/,
  },
];

test.each(moves)(
  'when somebody changes $name between plan and apply, nothing is touched',
  async ({ move, says }) => {
    const plan = await planOfWaf();
    await move();
    const moved = await stateOfWaf();
    await demandStale(on, plan, says);
    expect(await stateOfWaf()).toBe(moved);
  },
);

test('when somebody, between plan and apply, deletes an IP set that a rule is to name, the rules stay as they are, and the rest is taken back', async () => {
  await createIpSet(on.aws, 'IPV4');
  await createIpSet(on.aws, 'IPV6');
  const plan = await planOfWaf();
  const { IPSets: [set] = [] } = await on.aws.waf.send(new ListIPSetsCommand({ Scope: 'REGIONAL' }));
  const { Name, Id, LockToken } = set ?? {};
  await on.aws.waf.send(new DeleteIPSetCommand({ Scope: 'REGIONAL', Name, Id, LockToken }));
  const moved = await stateOfWaf();
  const path = on.file('dangling');
  const run = await fix(plan, path, on.account, { parallel: 1 });
  expect(run.failures).toMatchObject([
    { kind: 'failed', detail: expect.stringContaining('wafv2:UpdateWebACL: WAFNonexistentItemException') },
  ]);
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await stateOfWaf()).toBe(moved);
});
