import { CreateResourceCommand } from '@aws-sdk/client-api-gateway';
import {
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRuleGroupCommand } from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Fact, need } from '../../src/model/fact.ts';
import { Region } from '../../src/model/identifiers.ts';
import { type FactName, type FactValue, RegionFacts } from '../../src/services/facts.ts';
import { addMethods, buildWebSocketApi, stageRoutes } from '../emulator/accounts/apis.ts';
import { buildCompliantNetwork, type Network } from '../emulator/accounts/compliant-network.ts';
import { buildCompliantProtection, type Protection } from '../emulator/accounts/compliant-protection.ts';
import { associate, createWebAcl } from '../emulator/accounts/web-acl.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, region, startEmulator } from '../emulator/emulator.ts';
import { leadTo } from '../emulator/lead-to.ts';
import { take } from './taking.ts';

const home = Region.parse(region);

/** What the audit of what stands before the shop reads. */
const facts: readonly FactName[] = RegionFacts.keyof().options.filter(name =>
  /^(wafv2|cognito|apigateway|apigatewayv2)\./.test(name),
);

let emulator: Emulator;
let aws: Clients;
let network: Network;
let built: Protection;

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
  network = await buildCompliantNetwork(aws);
  built = await buildCompliantProtection(aws, network, { httpApi: true });
  await createWebAcl(aws, 'idle', [await ownGroup()]);
  await stageRoutes(aws, built.httpApi ?? '');
  await buildWebSocketApi(aws);
});
afterAll(() => emulator.stop());
beforeEach(() => leadTo(emulator));

const VisibilityConfig = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'own' };

/** A rule that stands for a rule group of the account's own. */
async function ownGroup() {
  const { Summary } = await aws.waf.send(
    new CreateRuleGroupCommand({ Name: 'own', Scope: 'REGIONAL', Capacity: 10, VisibilityConfig, Rules: [] }),
  );
  const Statement = { RuleGroupReferenceStatement: { ARN: Summary?.ARN } };
  return { Name: 'Own', Priority: 0, OverrideAction: { None: {} }, Statement, VisibilityConfig };
}

async function read<Name extends FactName>(name: Name): Promise<FactValue<Name>> {
  const snapshot = await take({ facts: [name] });
  const all: { [Key in Name]?: Fact<FactValue<Key>> | undefined } = snapshot.regions[home] ?? {};
  const fact = all[name];
  if (fact === undefined) throw new Error(`${name} was not read`);
  return need(fact);
}

/** Where a value holds unknown facts, as `webAcls.*.definition`, each with the action that is missing. */
function unknowns(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'unknown' && 'reason' in value) {
    const { reason } = value;
    const action =
      typeof reason === 'object' && reason !== null && 'action' in reason ? reason.action : 'none';
    return [`${at} ${String(action)}`];
  }
  const inner = 'kind' in value && value.kind === 'known' && 'value' in value ? { '': value.value } : value;
  const found = Object.entries(inner).flatMap(([key, one]) =>
    unknowns(one, [at, Array.isArray(inner) ? '*' : key].filter(part => part !== '').join('.')),
  );
  return [...new Set(found)].sort();
}

describe('an account that meets the baseline', () => {
  test('is read by calls that only read, none made twice', async () => {
    const snapshot = await take({ facts });
    expect(unknowns(snapshot.regions[home])).toEqual([]);
    expect(emulator.log.mutating()).toEqual([]);
    expect(emulator.log.repeated()).toEqual([]);
  });

  test('has the web ACL before its load balancer and its stage', async () => {
    const [association] = await read('wafv2.associations');
    expect(association).toEqual({
      resource: network.loadBalancer,
      webAcl: { kind: 'known', value: built.webAcl },
    });
    const [api] = await read('apigateway.restApis');
    expect(api?.stages).toMatchObject({ value: [{ name: 'prod', webAcl: built.webAcl }] });
  });

  test('keeps no secret of a client', async () => {
    const { pool } = built;
    const { UserPoolClient } = await aws.cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId: pool.id, ClientId: pool.client }),
    );
    const snapshot = JSON.stringify(await take({ facts }));
    expect(snapshot).toContain(pool.client);
    expect(UserPoolClient?.ClientSecret).toBeTruthy();
    expect(snapshot).not.toContain(UserPoolClient?.ClientSecret);
  });

  test('of HTTP is known as a stage has it that does not deploy by itself', async () => {
    const [api] = await read('apigatewayv2.httpApis');
    const issuer = `https://cognito-idp.${region}.amazonaws.com/${built.pool.id}`;
    expect(api?.stages).toMatchObject({
      value: [
        { name: '$default' },
        {
          name: 'beta',
          deployed: {
            value: {
              routes: [{ key: 'GET /catalog', authorization: 'JWT', authorizer: 'customers' }],
              authorizers: [{ name: 'customers', type: 'JWT', issuer, audience: [built.pool.client] }],
            },
          },
        },
      ],
    });
  });

  test('has its methods as configured and as deployed', async () => {
    const [api] = await read('apigateway.restApis');
    const methods = [
      { path: '/orders', verb: 'GET', authorization: 'COGNITO_USER_POOLS' },
      { path: '/orders', verb: 'OPTIONS', authorization: 'NONE' },
      { path: '/orders', verb: 'POST', authorization: 'COGNITO_USER_POOLS' },
    ];
    expect(api?.methods).toMatchObject({ value: methods });
    expect(api?.deployments).toMatchObject([
      {
        methods: { value: methods },
        authorizers: {
          value: [
            {
              name: 'customers',
              type: 'COGNITO_USER_POOLS',
              userPools: [built.pool.arn],
              methods: ['GET /orders', 'POST /orders'],
            },
          ],
        },
      },
    ]);
  });
});

/** Each call, and where what it reads stands; API Gateway's calls all need one action. */
const denials: Readonly<Record<string, readonly string[]>> = {
  'wafv2:ListWebACLs': [
    'wafv2.associations',
    'wafv2.ipSets',
    'wafv2.loggingConfigurations',
    'wafv2.ruleGroups',
    'wafv2.webAclTags',
    'wafv2.webAcls',
  ],
  'wafv2:ListIPSets': ['wafv2.listedIpSets'],
  'wafv2:ListTagsForResource': ['wafv2.webAclTags.*.tags'],
  'wafv2:GetWebACL': ['wafv2.webAcls.*.definition'],
  'wafv2:GetRuleGroup': ['wafv2.ruleGroups.*.rules'],
  'wafv2:GetIPSet': ['wafv2.ipSets.*.addresses'],
  'wafv2:GetWebACLForResource': ['wafv2.associations.*.webAcl'],
  'wafv2:ListLoggingConfigurations': ['wafv2.loggingConfigurations'],
  'cognito-idp:ListUserPools': ['cognito.userPools'],
  'cognito-idp:DescribeUserPool': ['cognito.userPools.*.settings'],
  'cognito-idp:GetUserPoolMfaConfig': ['cognito.userPools.*.mfa'],
  'cognito-idp:ListUserPoolClients': ['cognito.userPools.*.clients'],
  'cognito-idp:DescribeUserPoolClient': ['cognito.userPools.*.clients.*.settings'],
  'apigateway:GetAccount': ['apigateway.account'],
  'apigateway:GetRestApis': ['apigateway.restApis'],
  'apigateway:GetResources': ['apigateway.restApis.*.methods'],
  'apigateway:GetAuthorizers': ['apigateway.restApis.*.authorizers'],
  'apigateway:GetStages': ['apigateway.restApis.*.stages'],
  'apigateway:GetDeployment': ['apigateway.restApis.*.deployments.*.methods'],
  'apigateway:GetExport': ['apigateway.restApis.*.deployments.*.authorizers'],
  'apigatewayv2:GetApis': ['apigatewayv2.apis', 'apigatewayv2.httpApis', 'apigatewayv2.webSocketApis'],
  'apigatewayv2:GetRoutes': ['apigatewayv2.httpApis.*.routes', 'apigatewayv2.webSocketApis.*.connect'],
  'apigatewayv2:GetAuthorizers': ['apigatewayv2.httpApis.*.authorizers'],
  'apigatewayv2:GetStages': ['apigatewayv2.httpApis.*.stages'],
  'apigatewayv2:ExportApi': ['apigatewayv2.httpApis.*.stages.*.deployed'],
};

describe('a call that is denied', () => {
  test.each(Object.entries(denials))('%s makes unknown what it reads, and nothing else', async (call, at) => {
    const action = call.startsWith('apigateway') ? 'apigateway:GET' : call;
    emulator.faults.add({ call, effect: { kind: 'deny' } });
    const service = call.replace(/(-idp)?:.*/, '.');
    const snapshot = await take({ facts: facts.filter(name => name.startsWith(service)) });
    expect(unknowns(snapshot.regions[home])).toEqual(at.map(path => `${path} ${action}`));
  });

  test('once leaves the other web ACLs known', async () => {
    emulator.faults.add({ call: 'wafv2:GetWebACL', nth: 1, effect: { kind: 'deny' } });
    const kinds = (await read('wafv2.webAcls')).map(({ definition }) => definition.kind);
    expect(kinds.sort()).toEqual(['known', 'unknown']);
  });

  test('covers every call that reading takes', async () => {
    await take({ facts });
    const made = new Set(emulator.log.calls.map(({ name }) => name));
    const others = ['sts:GetCallerIdentity', 'elasticloadbalancing:DescribeLoadBalancers'];
    expect([...made].filter(name => !others.includes(name)).sort()).toEqual(Object.keys(denials).sort());
  });
});

describe('many of them', () => {
  test('103 web ACLs take two pages, and no more calls a second than AWS WAF allows', async () => {
    for (let n = 0; n < 101; n += 1) await createWebAcl(aws, `many-${n}`, []);
    emulator.log.clear();
    expect(await read('wafv2.webAcls')).toHaveLength(103);
    const calls = emulator.log.calls.filter(({ service }) => service === 'wafv2');
    expect(calls.filter(({ name }) => name === 'wafv2:ListWebACLs')).toHaveLength(2);
    // Any six of them take a second, but for what a timer and a connection are late.
    const gaps = calls.slice(5).map(({ at }, index) => at.getTime() - (calls[index]?.at.getTime() ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(800);
  });

  test('62 user pools take two pages', async () => {
    for (let n = 0; n < 61; n += 1)
      await aws.cognito.send(new CreateUserPoolCommand({ PoolName: `many-${n}` }));
    emulator.log.clear();
    expect(await read('cognito.userPools')).toHaveLength(62);
    expect(emulator.log.calls.filter(({ name }) => name === 'cognito-idp:ListUserPools')).toHaveLength(2);
  });

  test('501 resources take two pages, and each of 300 open methods is there', async () => {
    const { restApi } = built;
    for (let n = 0; n < 300; n += 1) await addMethods(aws, restApi, `open-${n}`, [['GET']]);
    // With the root and /orders.
    for (let n = 0; n < 199; n += 1) {
      const resource = { restApiId: restApi.id, parentId: restApi.root, pathPart: `empty-${n}` };
      await aws.apiGateway.send(new CreateResourceCommand(resource));
    }
    emulator.log.clear();
    const [api] = await read('apigateway.restApis');
    const open = need(api?.methods ?? notRead).filter(
      ({ verb, authorization }) => verb === 'GET' && authorization === 'NONE',
    );
    expect(open).toHaveLength(300);
    expect(emulator.log.calls.filter(({ name }) => name === 'apigateway:GetResources')).toHaveLength(2);
  });
});

const notRead: Fact<never> = { kind: 'unknown', reason: { kind: 'not-read', call: 'test' } };

describe('fewer web ACLs than load balancers', () => {
  let others: string[];

  beforeAll(async () => {
    await emulator.reset();
    const { subnets, groups, loadBalancer } = await buildCompliantNetwork(aws);
    const Subnets = subnets.public;
    const load = await Promise.all(
      ['second', 'third'].map(Name =>
        aws.elb.send(
          new CreateLoadBalancerCommand({
            Name,
            Type: 'application',
            Scheme: 'internet-facing',
            Subnets,
            SecurityGroups: [groups.alb],
          }),
        ),
      ),
    );
    others = load.flatMap(({ LoadBalancers = [] }) =>
      LoadBalancers.flatMap(({ LoadBalancerArn: arn }) => arn ?? []),
    );
    await associate(aws, await createWebAcl(aws, 'first', []), [loadBalancer]);
    await associate(aws, await createWebAcl(aws, 'second', []), others.slice(0, 1));
  });

  test('are asked what they stand before, one call a second', async () => {
    const found = await read('wafv2.associations');
    const names = new Set(found.map(({ webAcl }) => need(webAcl)?.split('/').at(-2)));
    expect(names).toEqual(new Set(['first', 'second', undefined]));
    const calls = emulator.log.calls.filter(({ name }) => name === 'wafv2:ListResourcesForWebACL');
    const [first, second] = calls.map(({ at }) => at.getTime());
    expect(calls).toHaveLength(2);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(900);
  });

  test('and one that may not be asked leaves unknown what the others do not stand before', async () => {
    emulator.faults.add({ call: 'wafv2:ListResourcesForWebACL', nth: 2, effect: { kind: 'deny' } });
    const found = await read('wafv2.associations');
    expect(found.map(({ webAcl }) => webAcl.kind).sort()).toEqual(['known', 'unknown', 'unknown']);
  });
});
