import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeManagedPrefixListsCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { main } from '../../src/cli/main.ts';
import { Component } from '../../src/model/baseline/row.ts';
import { changesOf, type ObjectKind } from '../../src/model/plan.ts';
import { sessionWith } from '../apply/live.ts';
import { look, planToBuild, shortcomings } from '../apply/provisioned.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { fakeWorld } from '../builders/world.ts';
import { clientsFor } from '../emulator/clients.ts';
import { credentials, type Emulator, region, startEmulator } from '../emulator/emulator.ts';
import { findPython } from '../emulator/moto-python.ts';

const shipped = new URL('../../securecart-baseline.yaml', import.meta.url);
const cwd = await mkdtemp(join(tmpdir(), 'securecart-'));

async function run(...argv: string[]): Promise<{ stdout: string; stderr: string }> {
  const { world, stdout, stderr } = fakeWorld({ cwd });
  expect(await main(['export', 'cloudformation', ...argv], world), stderr()).toBe(0);
  return { stdout: stdout(), stderr: stderr() };
}

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.looseObject({}).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const Exported = z.looseObject({ Resources: z.record(z.string(), Resource) });

/** The resources of the template. */
async function resources() {
  const { stdout } = await run('--format', 'json');
  return Object.values(Exported.parse(JSON.parse(stdout)).Resources);
}

describe('the template', () => {
  test('is one that cfn-lint finds no fault with, with NAT gateways or without', async () => {
    await writeFile(
      join(cwd, 'nat.yaml'),
      (await readFile(shipped, 'utf8')).replace('egress: endpoints', 'egress: nat'),
    );
    await run('-o', 'template.yaml');
    const { stderr } = await run('-o', 'nat-template.yaml', '--baseline', 'nat.yaml');
    expect(stderr).not.toContain('NAT');
    const lint = join(dirname(await findPython()), 'cfn-lint');
    const { stdout } = await promisify(execFile)(
      lint,
      ['--include-checks', 'I', '--template', 'template.yaml', 'nat-template.yaml'],
      { cwd },
    );
    expect(stdout.trim()).toBe('');
  });

  test('says the same in YAML, to a reader of YAML 1.1 too', async () => {
    const [yaml, json] = [await run(), await run('--format', 'json')];
    expect(parse(yaml.stdout, { version: '1.1' })).toEqual(JSON.parse(json.stdout));
  });

  // CloudFormation takes 51,200 bytes with a call, and a megabyte from a bucket.
  test.each([
    { format: 'json', where: 'without a bucket', most: 51_200 },
    { format: 'yaml', where: 'from a bucket', most: 1_000_000 },
  ])('is small enough to be deployed $where, as $format', async ({ format, most }) => {
    const { stdout } = await run('--format', format);
    expect(Buffer.byteLength(stdout)).toBeLessThan(most);
  });

  test('names no account, no Region and no partition', async () => {
    expect((await run()).stdout).not.toMatch(/any-region|\d{12}|arn:aws|[a-z]{2}-[a-z]+-\d/);
  });

  test('keeps what nobody can make again when the stack goes', async () => {
    const kept = (await resources())
      .filter(
        ({ DeletionPolicy, UpdateReplacePolicy }) =>
          DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
      )
      .map(({ Type }) => Type);
    expect(new Set(kept)).toEqual(
      new Set([
        'AWS::KMS::Key',
        'AWS::Cognito::UserPool',
        'AWS::Logs::LogGroup',
        'AWS::S3::Bucket',
        'AWS::S3::BucketPolicy',
        'AWS::SecretsManager::Secret',
      ]),
    );
  });

  test('gives every group an outbound rule of its own, since CloudFormation leaves the one to everywhere to a group without', async () => {
    const groups = (await resources()).filter(({ Type }) => Type === 'AWS::EC2::SecurityGroup');
    const rules = groups.map(({ Properties }) =>
      z.array(z.looseObject({})).parse(Properties.SecurityGroupEgress),
    );
    expect(groups).toHaveLength(Component.options.length);
    expect(rules.filter(own => own.length === 0)).toEqual([]);
  });

  test('and the screen tell what CloudFormation has no words for', async () => {
    const { stdout, stderr } = await run();
    for (const said of [
      'default security group',
      'encrypt every new volume',
      'public access, for every bucket',
    ]) {
      expect(stderr).toContain(said);
      expect(stdout).toContain(said);
    }
  });
});

test('a baseline that is moved makes a template that is moved', async () => {
  await writeFile(join(cwd, 'moved.yaml'), move(await readFile(shipped, 'utf8')));
  const [here, there] = [
    await run('--format', 'json'),
    await run('--format', 'json', '--baseline', 'moved.yaml'),
  ];
  expect(there.stdout).not.toBe(here.stdout);
  expect(withoutDigest(there.stdout)).toBe(withoutDigest(move(here.stdout)));
});

const move = (text: string): string => text.replaceAll('10.0.', '10.8.');
const withoutDigest = (text: string): string => text.replaceAll(/"[0-9a-f]{64}"/g, '""');

/**
 * How far moto's CloudFormation goes: it creates no network ACL, no web ACL, no trail, no user pool, no secret and no inline policy of a role, and leaves out outbound
 * rules, the subnets of route tables and whether a subnet gives out public addresses; a key that it created it cannot
 * describe, since it takes the policy for a text. The rest is what the template says that it leaves to apply.
 */
const BEYOND_MOTO = [
  'cloudtrail/trail',
  'cognito/user-pool',
  'iam/role-permissions',
  'kms/customer-key',
  'secrets/present',
  'network-acl/',
  'security-group/alb-egress',
  'security-group/backend-egress',
  'security-group/endpoints-egress',
  'security-group/lambda-egress',
  'security-group/rds-egress',
  'vpc/endpoints',
  'vpc/public-ip-on-launch',
  'vpc/public-routes',
  'waf/',
];
const LEFT_TO_APPLY = [
  'ebs/default-encryption',
  'parameters/public-sharing',
  's3/account-public-access-block',
  'security-group/default-closed',
];

describe('deployed', () => {
  let emulator: Emulator;
  let outputs: ReadonlyMap<string, string>;
  beforeAll(async () => {
    emulator = await startEmulator();
    sessionWith(emulator);
    outputs = await deploy(emulator, (await run('--format', 'json')).stdout);
  });
  afterAll(() => emulator.stop());

  test('it audits clean, as far as the emulator’s CloudFormation goes', async () => {
    const failing = new Set(shortcomings(await look()).map(text => text.split(':')[0] ?? ''));
    const expected = [...BEYOND_MOTO, ...LEFT_TO_APPLY];
    expect([...failing].filter(control => !expected.some(of => control.startsWith(of)))).toEqual([]);
    // What is deployed is looked at: these need the VPC, its tiers, groups with their inbound rules, and endpoints.
    expect(failing).not.toContain('vpc/present');
    expect(failing).not.toContain('security-group/component-binding');
    expect(failing).not.toContain('security-group/rds-ingress');
  });

  test('it tells the ids that the shop’s own stacks are given', () => {
    expect(outputs.get('VpcId')).toMatch(/^vpc-/);
    expect(outputs.get('SubnetDatabaseAId')).toMatch(/^subnet-/);
    expect(outputs.get('SgRdsId')).toMatch(/^sg-/);
    expect(outputs.get('CustomerKeyArn')).toMatch(/^arn:aws:kms:/);
  });

  test('apply takes it over: it creates nothing that the stack has', async () => {
    const plan = planToBuild(await look(), shippedBaseline, { includeManaged: true });
    const created = new Set(
      changesOf(plan).flatMap(({ edit, object }) => (edit.kind === 'create' ? [object.kind] : [])),
    );
    const deployed: ObjectKind[] = [
      'vpc',
      'internet-gateway',
      'subnet',
      'route-table',
      'security-group',
      'vpc-endpoint',
      'db-subnet-group',
      'db-parameter-group',
      'ssm-parameter',
    ];
    expect(deployed.filter(kind => created.has(kind))).toEqual([]);
  });
});

const Key = z.object({
  Type: z.literal('AWS::KMS::Key'),
  Properties: z.looseObject({ Tags: z.array(z.object({ Key: z.string(), Value: z.string() })) }),
});

const Parameter = z.object({
  Type: z.literal('AWS::SSM::Parameter'),
  Properties: z.looseObject({ Tags: z.record(z.string(), z.string()) }),
});

/** The outputs that are attributes of what moto's CloudFormation does not create: it stumbles over them. */
const BEYOND_MOTO_OUTPUTS = [
  'WebAclArn',
  'UserPoolCustomersArn',
  'SecretDatabaseId',
  'SecretPaymentId',
  'SecretOauthId',
];

/** moto takes the tags of a key and of a parameter as their own APIs write them, and not as CloudFormation does. */
const forMoto = (template: string): string =>
  JSON.stringify(JSON.parse(template), (name, value: unknown) => {
    if (BEYOND_MOTO_OUTPUTS.includes(name)) return undefined;
    const parameter = Parameter.safeParse(value).data;
    if (parameter !== undefined) {
      const Tags = Object.entries(parameter.Properties.Tags).map(([Key, Value]) => ({ Key, Value }));
      return { ...parameter, Properties: { ...parameter.Properties, Tags } };
    }
    const key = Key.safeParse(value).data;
    if (key === undefined) return value;
    const Tags = key.Properties.Tags.map(({ Key: TagKey, Value: TagValue }) => ({ TagKey, TagValue }));
    return { ...key, Properties: { ...key.Properties, Tags } };
  });

/** Gives the outputs of the stack. */
async function deploy(emulator: Emulator, template: string): Promise<ReadonlyMap<string, string>> {
  const { ec2 } = clientsFor(emulator);
  const { PrefixLists = [] } = await ec2.send(new DescribeManagedPrefixListsCommand({}));
  const listOf = (service: string) =>
    PrefixLists.find(({ PrefixListName }) => PrefixListName === `com.amazonaws.${region}.${service}`)
      ?.PrefixListId;
  const client = new CloudFormationClient({ endpoint: emulator.url, region, credentials, maxAttempts: 1 });
  const StackName = 'securecart';
  await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: forMoto(template),
      Parameters: [
        { ParameterKey: 'PrefixListS3', ParameterValue: listOf('s3') },
        { ParameterKey: 'PrefixListDynamodb', ParameterValue: listOf('dynamodb') },
      ],
    }),
  );
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
  const { Outputs = [] } = Stacks[0] ?? {};
  return new Map(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}
