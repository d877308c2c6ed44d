import { GetTrailStatusCommand, StopLoggingCommand, UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { readJournal } from '../../src/apply/journal.ts';
import { resumeProgress } from '../../src/apply/resume.ts';
import { planUndo } from '../../src/apply/undo.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { Region } from '../../src/model/identifiers.ts';
import { changesOf, type Plan } from '../../src/model/plan.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { buildTrail } from '../emulator/accounts/trail.ts';
import { account as accountId } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { demandStale } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { killEach } from './kill-each.ts';
import { carryPlan, fix, undo } from './live.ts';
import { planFor } from './planned.ts';
import { look, operationsOf, partOf, planToBuild, shortcomings } from './provisioned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects, refusal } from './spoiled.ts';

const on = emulated();
const elsewhere = Region.parse('us-east-1');
const { cloudTrail } = shippedBaseline;
const bucket = `securecart-cloudtrail-${accountId}-eu-west-1`;
const withTrail = (change: Partial<Baseline['cloudTrail']>): Baseline => ({
  ...shippedBaseline,
  cloudTrail: { ...cloudTrail, ...change },
});

const planNow = async (baseline = shippedBaseline): Promise<Plan> =>
  partOf(planToBuild(await look(), baseline), 's3', 'kms', 'cloudtrail');
const bad = async (baseline?: Baseline): Promise<string[]> =>
  shortcomings(await look(), baseline).filter(text => text.startsWith('cloudtrail/'));

const facts = [
  'cloudtrail.trails',
  'cloudtrail.trailTags',
  's3.buckets',
  'kms.customerKeys',
  'logs.logGroups',
  'iam.roles',
] as const;
const state = async () => Object.values((await take({ facts })).regions);

/** The same, but for the id of the key, which is another one each time, and the tags that name the change. */
const finished = async () => {
  const [{ 'cloudtrail.trails': trails, 's3.buckets': buckets } = {}] = await state();
  return JSON.stringify([trails, buckets]).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'KEY');
};

/** A bucket and a trail, and nothing more: keys, log groups and roles have loops of their own. */
const lean = withTrail({
  cloudWatchLogs: false,
  managementEvents: 'write-only',
  files: { ...cloudTrail.files, customerKey: false, validated: false },
});
const leanPlan = async (): Promise<Plan> => partOf(planToBuild(await look(), lean), 's3', 'cloudtrail');

describe('an account without a trail', () => {
  test('gets one with all that it delivers to, audits clean, needs nothing more, and is as it was after undo', async () => {
    const prior = await state();
    const plan = await planNow();
    expect(operationsOf(plan)).toEqual([
      'CreateKey',
      'CreateAlias',
      'CreateBucket',
      'PutBucketTagging',
      'PutBucketEncryption',
      'PutBucketPolicy',
      'CreateLogGroup',
      'PutRetentionPolicy',
      'CreateRole',
      'PutRolePolicy',
      'CreateTrail',
      'EnableKeyRotation',
      'StartLogging',
    ]);
    const path = on.file('whole');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    expect(await bad()).toEqual([]);
    expect(operationsOf(await planNow())).toEqual([]);
    const answer = await on.aws.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    expect(JSON.parse(answer.Policy ?? '')).toEqual(policyOf(`arn:aws:s3:::${bucket}`));
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await state()).toEqual(prior);
  });

  test('gets what a leaner baseline asks for, and no more', async () => {
    const plan = await leanPlan();
    expect(operationsOf(plan)).toEqual([
      'CreateBucket',
      'PutBucketTagging',
      'PutBucketPolicy',
      'CreateTrail',
      'StartLogging',
    ]);
    expect(await fix(plan, on.file('lean'), on.account)).toEqual(whole);
    expect(await bad(lean)).toEqual([]);
  });

  test('gets data events where the baseline asks for them', async () => {
    const asking = withTrail({ dataEvents: { ...cloudTrail.dataEvents, s3: true, lambda: true } });
    const plan = await planNow(asking);
    expect(operationsOf(plan).slice(-2)).toEqual(['PutEventSelectors', 'StartLogging']);
    expect(await fix(plan, on.file('data'), on.account)).toEqual(whole);
    expect(await bad(asking)).toEqual([]);
  });

  test.each(['before', 'after'] as const)(
    'and a run that is killed %s any call is finished by resume, and taken back by undo',
    async when => {
      await killEach(on, await leanPlan(), when, { state, finished });
    },
    7_200_000,
  );

  test.each(Object.entries(effects))(
    'and a run of which a call meets %s ends as it must, and is taken back',
    async (_, spoiling) => {
      await spoilEach(on.emulator, await leanPlan(), spoiling, state);
    },
    7_200_000,
  );
});

const policyOf = (arn: string) => {
  const from = { 'aws:SourceArn': `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/securecart` };
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SecureCartTrailLooks',
        Effect: 'Allow',
        Principal,
        Action: 's3:GetBucketAcl',
        Resource: arn,
        Condition: { StringEquals: from },
      },
      {
        Sid: 'SecureCartTrailDelivers',
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: `${arn}/AWSLogs/${accountId}/*`,
        Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...from } },
      },
      {
        Sid: 'SecureCartTlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
};

test('what holds log files is kept by an undo, with the key that they are encrypted under, and used again by an apply', async () => {
  const path = on.file('evidence');
  await fix(await planNow(), path, on.account);
  await deliver();
  const { events } = await readJournal(path);
  const { progress } = await resumeProgress(events, {
    account: on.account,
    sleep: () => Promise.resolve(),
    tell: () => {},
  });
  const meta = {
    id: 'undo-20260101t000000z',
    createdAt: '2026-01-01T00:00:00Z',
    tool: { name: 'securecart', version: '0.1.0' },
  } as const;
  const back = await planUndo(progress, on.account, { meta, force: false });
  expect(back.leftAlone).toMatchObject([
    {
      obstacle: 'evidence',
      resource: { name: bucket },
      runbook: [`aws s3 rm s3://${bucket} --recursive`, `aws s3api delete-bucket --bucket ${bucket}`],
    },
    { obstacle: 'evidence', resource: { name: 'alias/securecart' } },
  ]);
  expect(operationsOf(back)).toEqual(['DeleteTrail', 'DeleteRolePolicy', 'DeleteRole', 'DeleteLogGroup']);
  expect(await fix(back, on.file('back'), on.account)).toEqual(whole);
  const [after = {}] = await state();
  const keys = after['kms.customerKeys'];
  const key = keys?.kind === 'known' ? keys.value[0]?.id : undefined;
  const { KeyMetadata } = await on.aws.kms.send(new DescribeKeyCommand({ KeyId: key }));
  expect(KeyMetadata?.KeyState).toBe('Enabled');
  const again = await planNow();
  expect(operationsOf(again)).toEqual([
    'CreateLogGroup',
    'PutRetentionPolicy',
    'CreateRole',
    'PutRolePolicy',
    'CreateTrail',
    'StartLogging',
  ]);
  expect(await fix(again, on.file('again'), on.account)).toEqual(whole);
  expect(await bad()).toEqual([]);
});

/** Puts a file into the bucket. moto takes a policy for one without conditions, by which nobody may. */
async function deliver(): Promise<void> {
  const { Policy } = await on.aws.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
  await on.aws.s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
  await on.aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'AWSLogs/1.json.gz', Body: 'log' }));
  await on.aws.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}

test("another account's bucket of the name is told, and what to do", async () => {
  const plan = await planNow();
  on.emulator.faults.add({
    call: 's3:CreateBucket',
    nth: 1,
    effect: refusal('BucketAlreadyExists', 409),
  });
  const { failures } = await carryPlan(plan, on.file('taken'), on.account, { parallel: 1 });
  on.emulator.faults.clear();
  expect(failures).toMatchObject([
    { kind: 'failed', advice: expect.stringContaining('name another in the baseline (cloudTrail.bucket)') },
  ]);
});

test("somebody's own bucket of the name is left alone, and no trail delivers to it", async () => {
  const Tagging = { TagSet: [{ Key: 'team', Value: 'data' }] };
  await on.aws.s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  await on.aws.s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging }));
  const plan = planToBuild(await look());
  expect(plan.leftAlone).toContainEqual(
    expect.objectContaining({ obstacle: 'ambiguous', resource: expect.objectContaining({ id: bucket }) }),
  );
  expect(changesOf(plan).filter(({ call }) => call.service === 'cloudtrail')).toEqual([]);
});

test('a trail whose bucket is gone has it made again', async () => {
  await fix(await planNow(), on.file('first'), on.account);
  await on.aws.s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  expect(await bad()).toEqual([
    `cloudtrail/log-bucket: There is no bucket ${bucket}: nothing is logged, and whoever makes one of that name gets the files if its policy takes them.`,
  ]);
  const plan = await planNow();
  expect(operationsOf(plan)).toEqual(['CreateBucket', 'PutBucketTagging', 'PutBucketPolicy']);
  expect(await fix(plan, on.file('again'), on.account)).toEqual(whole);
  expect(await bad()).toEqual([]);
});

test('a key that is there keeps its policy, and gains the one statement', async () => {
  const own = {
    Version: '2008-10-17',
    Id: 'ours',
    Statement: [
      {
        Sid: 'ours',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
  const created = await on.aws.kms.send(new CreateKeyCommand({ Policy: JSON.stringify(own) }));
  const KeyId = created.KeyMetadata?.KeyId;
  await on.aws.kms.send(new CreateAliasCommand({ AliasName: 'alias/securecart', TargetKeyId: KeyId }));
  const policy = async () => {
    const { Policy } = await on.aws.kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    return JSON.parse(Policy ?? '');
  };
  const plan = await planNow();
  expect(operationsOf(partOf(plan, 'kms'))).toEqual(['PutKeyPolicy', 'EnableKeyRotation']);
  const path = on.file('key');
  expect(await fix(plan, path, on.account)).toEqual(whole);
  expect(await policy()).toEqual({
    ...own,
    Statement: [
      ...own.Statement,
      {
        Sid: 'SecureCartTrail',
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:SourceArn': `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/securecart` },
        },
      },
    ],
  });
  expect(await undo(path, on.account)).toEqual(whole);
  expect(await policy()).toEqual(own);
});

describe('an account with a trail', () => {
  const mended = async () =>
    partOf(
      planFor(await look(), {}, ({ control }) => control.startsWith('cloudtrail/')),
      'cloudtrail',
    );
  const poor = () =>
    buildTrail(on.aws, { multiRegion: false, validated: false, logs: false, logging: false });

  test('of another name keeps it, and gets no second one', async () => {
    await buildTrail(on.aws);
    const plan = planToBuild(await look());
    expect(changesOf(plan).filter(({ call }) => call.service === 'cloudtrail')).toEqual([]);
    expect(plan.adopted).toContainEqual(
      expect.objectContaining({ what: 'trail', id: expect.stringContaining('trail/securecart-events') }),
    );
  });

  test('that does little of it has it mended but for the key, and is as it was after undo', async () => {
    await poor();
    const prior = await state();
    const plan = await mended();
    expect(operationsOf(plan)).toEqual([
      'CreateLogGroup',
      'PutRetentionPolicy',
      'CreateRole',
      'PutRolePolicy',
      'UpdateTrail',
      'StartLogging',
    ]);
    expect(plan.mends.map(({ risk }) => risk)).toEqual(['review']);
    const path = on.file('mended');
    expect(await fix(plan, path, on.account)).toEqual(whole);
    expect((await bad()).map(text => text.split(':')[0])).toEqual(['cloudtrail/customer-key']);
    expect(await undo(path, on.account)).toEqual(whole);
    expect(await state()).toEqual(prior);
    const status = await on.aws.cloudTrail.send(new GetTrailStatusCommand({ Name: 'securecart-events' }));
    expect(status.IsLogging).toBe(false);
  });

  test.each(['before', 'after'] as const)(
    'and a mend that is killed %s any call is finished by resume, and taken back by undo',
    async when => {
      await poor();
      await killEach(on, await mended(), when, { state, finished });
    },
    7_200_000,
  );

  test('that somebody changes between plan and run is not touched', async () => {
    await poor();
    const plan = await mended();
    await on.aws.cloudTrail.send(
      new UpdateTrailCommand({ Name: 'securecart-events', EnableLogFileValidation: true }),
    );
    await demandStale(on, plan, /trail securecart-events: validated was false and is true/);
  });

  test('that is off and nothing else is turned on without a question', async () => {
    await buildTrail(on.aws);
    await on.aws.cloudTrail.send(new StopLoggingCommand({ Name: 'securecart-events' }));
    const plan = await mended();
    expect(operationsOf(plan)).toEqual(['StartLogging']);
    expect(plan.mends.map(({ risk }) => risk)).toEqual(['safe']);
  });
});

test('a trail that logs another Region is read there whole: its selectors at home, its bucket and its key where they are', async () => {
  const created = await on.aws.kms.send(new CreateKeyCommand({}));
  const key = created.KeyMetadata?.Arn ?? '';
  await buildTrail(on.aws, { key });
  const { regions } = await take({
    facts: ['cloudtrail.trails', 's3.trailBuckets', 'kms.trailKeys'],
    regions: [elsewhere],
  });
  expect(regions[elsewhere]).toMatchObject({
    'cloudtrail.trails': {
      value: [
        {
          name: 'securecart-events',
          homeRegion: 'eu-west-1',
          status: { value: { logging: true } },
          selectors: { value: { form: 'classic' } },
        },
      ],
    },
    's3.trailBuckets': {
      value: [{ name: 'securecart-trail', bucket: { value: { grants: { value: [] } } } }],
    },
    'kms.trailKeys': { value: [{ name: key, key: { value: { manager: 'CUSTOMER', state: 'Enabled' } } }] },
  });
});
