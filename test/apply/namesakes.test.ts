import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { Region } from '../../src/model/identifiers.ts';
import type { Change, Plan } from '../../src/model/plan.ts';
import { renderApplied } from '../../src/report/applied.ts';
import { lookOf } from '../../src/report/look.ts';
import { createUserPool } from '../../src/services/cognito/user-pool/changes.ts';
import { createClient } from '../../src/services/cognito/user-pool-client/changes.ts';
import { createFlowLog } from '../../src/services/ec2/flow-log/changes.ts';
import { createSecurityGroup } from '../../src/services/ec2/security-group/create.ts';
import { createVpc } from '../../src/services/ec2/vpc/changes.ts';
import { createVpcEndpoint } from '../../src/services/ec2/vpc-endpoint/changes.ts';
import { createLogGroup } from '../../src/services/logs/changes.ts';
import { createSubnetGroup } from '../../src/services/rds/subnet-group/changes.ts';
import { createIpSet } from '../../src/services/wafv2/ip-set/changes.ts';
import { createWebAcl } from '../../src/services/wafv2/web-acl/changes.ts';
import { shop } from '../builders/shop.ts';
import type { Clients } from '../emulator/clients.ts';
import { account as owner, region as regionName } from '../emulator/emulator.ts';
import { demandMoved } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { carryPlan } from './live.ts';
import { planForShop } from './planned.ts';

const region = Region.parse(regionName);
const tags = { 'securecart:component': 'vpc', 'securecart:plan': 'apply-0' };
const about = { region, id: 'the/creation', title: 'create it', tags };
const settings = {
  password: { minimumLength: 12, requires: [], temporaryValidDays: 1 },
  threatProtection: 'OFF' as const,
  deletionProtection: false,
  featurePlan: 'ESSENTIALS' as const,
  tags,
};
const clientSettings = { authFlows: [], oauthFlows: [], hidesUserExistence: true, revocableTokens: true };

const poolOfTheirs = async ({ cognito }: Clients): Promise<string> =>
  (await cognito.send(new CreateUserPoolCommand({ PoolName: 'theirs' }))).UserPool?.Id ?? '';

async function subnetsOf({ ec2 }: Clients) {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  return { vpc: Subnets[0]?.VpcId ?? '', subnets: Subnets.flatMap(({ SubnetId }) => SubnetId ?? []) };
}

const SAME_NAME = /somebody has made one of that name: \S+/;
const IS_THERE = /it should not exist, and does/;

/** Each kind of object that has a name, as a plan creates it. Of the first three AWS would make another of the same name. */
const creations: Record<string, { create: (aws: Clients) => Promise<Change> | Change; says: RegExp }> = {
  'user pool': { create: () => createUserPool('securecart', settings, about), says: SAME_NAME },
  'client of a user pool': {
    create: async aws => createClient(await poolOfTheirs(aws), 'securecart-web', clientSettings, about),
    says: SAME_NAME,
  },
  VPC: { create: () => createVpc('10.0.0.0/16', about), says: SAME_NAME },
  'IP set': { create: () => createIpSet({ name: 'securecart', version: 'IPV4' }, about), says: SAME_NAME },
  'web ACL': {
    create: () => createWebAcl('securecart', { metrics: true, rules: [] }, about),
    says: SAME_NAME,
  },
  'security group': {
    create: async aws => {
      const { vpc } = await subnetsOf(aws);
      return createSecurityGroup({ name: 'securecart', description: 'of the shop', vpc, owner }, about);
    },
    says: SAME_NAME,
  },
  'log group': { create: () => createLogGroup('securecart', about), says: IS_THERE },
  'DB subnet group': {
    create: async aws => createSubnetGroup(region, { name: 'securecart', ...(await subnetsOf(aws)) }, about),
    says: IS_THERE,
  },
};

const on = emulated();

function planOf(change: Change): Plan {
  const resource = { type: 'AWS::EC2::VPC', arn: 'arn:aws:ec2:::vpc/v', id: 'v' };
  const mend = { id: 'the', title: 'make it', region, resource, for: [], changes: [change] };
  return { ...planForShop(shop()), kind: 'apply', fingerprints: [], mends: [{ ...mend, risk: 'safe' }] };
}

/** What AWS refuses to make twice, by another name than ours as well. */
const refused: Record<string, { create: (aws: Clients) => Promise<Change>; says: RegExp }> = {
  'interface endpoint': {
    create: async aws => {
      const { vpc, subnets } = await subnetsOf(aws);
      const service = 'com.amazonaws.eu-west-1.sts';
      const terms = {
        vpc,
        type: 'Interface',
        service,
        privateDns: true,
        routeTables: [],
        securityGroups: [],
      };
      return createVpcEndpoint({ ...terms, subnets: subnets.slice(0, 1) }, about);
    },
    says: /private hosted zone, .* or another endpoint, which a new plan starts from/,
  },
  'flow log': {
    create: async aws => {
      const role = `arn:aws:iam::${owner}:role/r`;
      return createFlowLog({ vpc: (await subnetsOf(aws)).vpc, logGroup: 'l', role }, about);
    },
    says: /Somebody has made it since: a new plan/,
  },
};

test.each(Object.entries(refused))(
  'of a second %s AWS is the judge, whose refusal comes with the way on',
  async (_, { create, says }) => {
    const change = await create(on.aws);
    // Another run's, which has other tags and another token.
    const theirs = { ...change.call.input, ClientToken: 'theirs', TagSpecifications: [] };
    await on.account.send({ ...change.call, input: theirs }, region);
    const run = await carryPlan(planOf(change), on.file('j'), on.account);
    expect(run.failures).toMatchObject([
      { kind: 'failed', advice: expect.stringMatching(says), needsNewPlan: true },
    ]);
    const look80 = lookOf({ width: 80, colors: 0, unicode: true, all: false });
    expect(renderApplied(planOf(change), { ...run, notFixed: [], gaps: [] }, 'j', look80)).toContain(
      '\nTo go on:     securecart apply makes a new plan, of what is there now\n',
    );
  },
);

test.each(Object.entries(creations))(
  'a %s that somebody has made since the plan is refused before the run and in it, and no other is made',
  async (_, { create, says }) => {
    const change = await create(on.aws);
    const plan = planOf(change);
    // By the very call of the plan, as another run of this program would.
    await on.account.send(change.call, region);
    await demandMoved(on, plan, says);
  },
);
