import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnableEbsEncryptionByDefaultCommand, ModifySnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import {
  ModifyDBClusterParameterGroupCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBInstanceCommand,
  ModifyDBParameterGroupCommand,
  ModifyDBSnapshotAttributeCommand,
} from '@aws-sdk/client-rds';
import {
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand as PutOfAccountCommand } from '@aws-sdk/client-s3-control';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import type { LiveAccount } from '../../src/apply/account.ts';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { main } from '../../src/cli/main.ts';
import { changesOf, type ObjectKind, type Plan } from '../../src/model/plan.ts';
import { Report } from '../../src/model/report.ts';
import { planningNeeds } from '../../src/plan/make-plan.ts';
import { fakeWorld } from '../builders/world.ts';
import { buildVolume } from '../emulator/accounts/compliant-encryption.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { account as ACCOUNT, type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { countAsked, fix, Killed, killedAt, resume, sessionWith, undo } from './live.ts';
import { buildOpenStorage, images, type OpenStorage, storageState } from './open-storage.ts';
import { findingsOf, planFor } from './planned.ts';
import { spoilEach, whole } from './spoil-each.ts';
import { effects, refusal, type Spoiling } from './spoiled.ts';

const STORAGE = /^(s3|ebs|rds)\//;
const controls = catalogue.filter(({ id }) => STORAGE.test(id));
const facts = [...controls.flatMap(({ needs }) => needs), ...planningNeeds(controls.map(({ id }) => id))];

let emulator: Emulator;
let aws: Clients;
let account: LiveAccount;
let folder: string;
let built: OpenStorage;
let plan: Plan;
let prior: Awaited<ReturnType<typeof storageState>>;

const planNow = async (): Promise<Plan> =>
  planFor(await take({ facts }), {}, ({ control }) => STORAGE.test(control));
const state = () => storageState(aws);

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
  account = awsAccount(sessionWith(emulator));
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  built = await buildOpenStorage(aws);
  prior = await state();
  plan = await planNow();
});
afterAll(() => emulator.stop());

/** Every index with SECURECART_DEEP, else a few that are spread. */
const sampled = (count: number, every: number): number[] => {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return process.env.SECURECART_DEEP === '1' ? all : all.filter(index => index % every === 1);
};

describe('a fix of storage and databases', () => {
  let mended: Awaited<ReturnType<typeof storageState>>;
  beforeAll(async () => {
    expect(await fix(plan, join(folder, 'whole'), account)).toEqual(whole);
    mended = await state();
  });

  test('leaves nothing that fails, and nothing to do', async () => {
    const bad = findingsOf(await take({ facts })).filter(
      ({ control, status }) => STORAGE.test(control) && (status === 'fail' || status === 'unknown'),
    );
    expect(bad.map(({ control, message }) => `${control}: ${message}`)).toEqual([]);
    const again = await planNow();
    expect({ mends: again.mends, leftAlone: again.leftAlone }).toEqual({ mends: [], leftAlone: [] });
  });

  test('keeps every statement of a policy, and the forms of encryption that are refused; a snapshot is shared with nobody', () => {
    const policyOf = (name: string) => JSON.parse(String(bucketOf(mended, name)?.policy));
    expect(policyOf('images').Statement.slice(0, 2)).toEqual(images);
    expect(bucketOf(mended, 'securecart-orders')?.encryption).toMatchObject({
      Rules: [{ BucketKeyEnabled: true, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }],
    });
    expect(mended.volumes).toEqual([[built.snapshot, []]]);
    const parameters = ['log_connections=1', 'rds.force_ssl=1'];
    expect(mended.parameters).toEqual([parameters, parameters]);
  });

  test('is taken back by undo, to the very text of each policy', async () => {
    expect(await undo(join(folder, 'whole'), account)).toEqual(whole);
    expect(await state()).toEqual(prior);
  });

  test.each(['before', 'after'] as const)(
    'that is killed %s a call is finished by resume, and taken back by undo',
    async when => {
      const asked = await countAsked(account, counted => fix(plan, join(folder, `count-${when}`), counted));
      await undo(join(folder, `count-${when}`), account);
      for (const n of sampled(asked, 9)) {
        const path = join(folder, `${when}-${n}`);
        const mortal = killedAt(n, when, account);
        await expect(fix(plan, path, mortal), `call ${n}`).rejects.toThrow(Killed);
        await mortal.settled();
        if (!existsSync(path)) continue;
        expect(await resume(path, account), `resumed after call ${n}`).toEqual(whole);
        expect(await state(), `resumed after call ${n}`).toEqual(mended);
        expect(await undo(path, account), `undone after call ${n}`).toEqual(whole);
        expect(await state(), `undone after call ${n}`).toEqual(prior);
      }
    },
    600_000,
  );
});

type State = Awaited<ReturnType<typeof storageState>>;
const bucketOf = ({ buckets }: State, name: string) => buckets.find(bucket => bucket.name === name);

const spoilings: Record<string, Spoiling> = {
  ...effects,
  'refused for what it says': {
    effect: refusal('InvalidParameterValue'),
    ends: () => 'failed',
    says: 'said the test',
  },
};

test.each(Object.entries(spoilings))(
  'a fix that is %s at a call ends truly, says so, and can be taken back',
  (_, spoiling) => spoilEach(emulator, plan, spoiling, state, spoilings),
  600_000,
);

describe('a database that does not show the change while RDS is at work on it', () => {
  /** The account from the call on that modifies the database: it is as it was, and busy, for some looks. */
  function slow(then: () => void = () => {}): LiveAccount {
    const before = plan.fingerprints.find(({ object }) => object.kind === 'db-instance')?.state ?? null;
    let looks = Infinity;
    return {
      ...account,
      send: async (call, region) => {
        const answer = await account.send(call, region);
        if (call.operation !== 'ModifyDBInstance') return answer;
        looks = 5;
        then();
        return answer;
      },
      observe: async object => {
        const seen = await account.observe(object);
        if (object.kind !== 'db-instance' || looks === Infinity) return seen;
        looks -= 1;
        return looks > 0 ? { state: before, handles: {}, busy: true } : seen;
      },
    };
  }

  test('is waited for', async () => {
    expect(await fix(plan, join(folder, 'slow'), slow())).toEqual(whole);
    expect(await undo(join(folder, 'slow'), account)).toEqual(whole);
  });

  test('is waited for by the undo of a run that was killed after the call', async () => {
    const path = join(folder, 'slow-killed');
    let killed = false;
    const mortal = slow(() => {
      if (killed) return;
      killed = true;
      throw new Killed();
    });
    await expect(fix(plan, path, mortal, { parallel: 1 })).rejects.toThrow(Killed);
    expect(await undo(path, mortal)).toEqual(whole);
    expect(await state()).toEqual(prior);
  });
});

const off = {
  BlockPublicAcls: false,
  IgnorePublicAcls: true,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const restore = { AttributeName: 'restore', ValuesToAdd: ['888888888888'] };
const noTls = [{ ParameterName: 'rds.force_ssl', ParameterValue: '1', ApplyMethod: 'immediate' as const }];

/** What somebody else does to an object of each kind, and what the refusal names. */
const moves: Partial<Record<ObjectKind, { move: () => Promise<unknown>; says: RegExp }>> = {
  's3-bucket-encryption': {
    move: () =>
      aws.s3.send(
        new PutBucketEncryptionCommand({
          Bucket: 'plain',
          ServerSideEncryptionConfiguration: {
            Rules: [
              {
                ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
                BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
              },
            ],
          },
        }),
      ),
    says: /plain: .*blocked gained SSE-C/,
  },
  's3-bucket-policy': {
    move: () =>
      aws.s3.send(
        new PutBucketPolicyCommand({
          Bucket: 'images',
          Policy: JSON.stringify({ Version: '2012-10-17', Statement: images.slice(1) }),
        }),
      ),
    says: /images: policy was .*Everyone/,
  },
  's3-bucket-public-access': {
    move: () =>
      aws.s3.send(new PutPublicAccessBlockCommand({ Bucket: 'images', PublicAccessBlockConfiguration: off })),
    says: /images: block was null and is .*"ignorePublicAcls":true/,
  },
  's3-account-public-access': {
    move: () =>
      aws.s3Control.send(
        new PutOfAccountCommand({ AccountId: ACCOUNT, PublicAccessBlockConfiguration: off }),
      ),
    says: /123456789012: block was null and is .*"ignorePublicAcls":true/,
  },
  'ebs-default-encryption': {
    move: () => aws.ec2.send(new EnableEbsEncryptionByDefaultCommand({})),
    says: /enabled was false and is true/,
  },
  'ebs-snapshot': {
    move: () =>
      aws.ec2.send(
        new ModifySnapshotAttributeCommand({
          SnapshotId: built.snapshot,
          Attribute: 'createVolumePermission',
          OperationType: 'remove',
          GroupNames: ['all'],
        }),
      ),
    says: /sharedWith lost all/,
  },
  'db-instance': {
    move: () =>
      aws.rds.send(
        new ModifyDBInstanceCommand({
          DBInstanceIdentifier: 'securecart',
          VpcSecurityGroupIds: [built.groups.rds, built.groups.alb],
        }),
      ),
    says: /securecart: securityGroups lost .*sg-.* gained sg-/,
  },
  'db-parameter-group': {
    move: () =>
      aws.rds.send(
        new ModifyDBParameterGroupCommand({ DBParameterGroupName: 'securecart-16', Parameters: noTls }),
      ),
    says: /securecart-16: forceTls was "0" and is "1"/,
  },
  'db-cluster-parameter-group': {
    move: () =>
      aws.rds.send(
        new ModifyDBClusterParameterGroupCommand({
          DBClusterParameterGroupName: 'securecart-orders-16',
          Parameters: noTls,
        }),
      ),
    says: /securecart-orders-16: forceTls was "0" and is "1"/,
  },
  'db-snapshot': {
    move: () =>
      aws.rds.send(
        new ModifyDBSnapshotAttributeCommand({ DBSnapshotIdentifier: 'securecart-1', ...restore }),
      ),
    says: /securecart-1: sharedWith gained 888888888888/,
  },
  'db-cluster-snapshot': {
    move: () =>
      aws.rds.send(
        new ModifyDBClusterSnapshotAttributeCommand({
          DBClusterSnapshotIdentifier: 'securecart-orders-1',
          ...restore,
        }),
      ),
    says: /securecart-orders-1: sharedWith gained 888888888888/,
  },
};

// The changes stay, one after the other: each is named beside those before it.
describe('when somebody changes an object between plan and apply', () => {
  beforeAll(async () => {
    await emulator.reset();
    built = await buildOpenStorage(aws);
    plan = await planNow();
  });

  test('each kind of object of the plan has a case', () => {
    const kinds = changesOf(plan).map(({ object }) => object.kind);
    expect([...new Set(kinds)].sort()).toEqual(Object.keys(moves).sort());
  });

  test.each(Object.entries(moves))('%s, nothing is touched', async (kind, { move, says }) => {
    await move();
    const before = await state();
    emulator.log.clear();
    await expect(fix(plan, join(folder, kind), account)).rejects.toMatchObject({
      code: 'plan-stale',
      detail: expect.stringMatching(says),
    });
    expect(emulator.log.mutating()).toEqual([]);
    expect(await state()).toEqual(before);
  });
});

describe('by the command line', () => {
  const systems = ['s3', 'ebs', 'rds'].flatMap(system => ['--control', `${system}/*`]);
  const run = async (...args: string[]) => {
    Object.assign(process.env, emulator.env);
    const { world, stdout, screen } = fakeWorld({ cwd: folder, env: { XDG_STATE_HOME: folder } });
    const code = await main(args, world);
    return { code, stdout: stdout(), screen: screen().replaceAll(/\s+/g, ' ') };
  };
  let volume: string;
  beforeAll(async () => {
    await emulator.reset();
    await buildOpenStorage(aws);
    ({ volume } = await buildVolume(aws, false));
    prior = await state();
    emulator.log.clear();
  });

  // While BlockPublicPolicy is on, S3 refuses a policy that lets everyone in.
  const writesOf = (name: string) =>
    emulator.log.calls
      .filter(({ mutating, parameters }) => mutating && parameters.startsWith(`/${name}`))
      .map(call => call.name);

  test('all is mended but for what only a runbook replaces, which is printed', async () => {
    const fixed = await run('fix', ...systems, '--yes', '-o', 'plan.json', '--journal', 'cli.jsonl');
    expect(fixed.code, fixed.screen).toBe(1);
    expect(writesOf('images')).toEqual(['s3:PutBucketPolicy', 's3:PutPublicAccessBlock']);
    expect(fixed.screen).toContain(`${volume} (cannot be changed in place)`);
    expect(fixed.screen).toContain(`aws ec2 create-snapshot --volume-id ${volume} --query SnapshotId`);
    const { stdout } = await run('audit', ...systems, '--format', 'json');
    const failing = Report.parse(JSON.parse(stdout)).findings.filter(({ status }) => status === 'fail');
    expect(failing.map(({ control }) => control)).toEqual([
      'ebs/snapshot-encryption',
      'ebs/volume-encryption',
    ]);
  });

  test('its policy names the actions of the calls, and of those that take them back', async () => {
    const { stdout } = await run('policy', 'fix', '--plan', 'plan.json');
    const { Statement } = JSON.parse(stdout);
    expect(Statement[1].Action).toEqual([
      'ec2:DisableEbsEncryptionByDefault',
      'ec2:EnableEbsEncryptionByDefault',
      'ec2:ModifySnapshotAttribute',
      'rds:ModifyDBClusterParameterGroup',
      'rds:ModifyDBClusterSnapshotAttribute',
      'rds:ModifyDBInstance',
      'rds:ModifyDBParameterGroup',
      'rds:ModifyDBSnapshotAttribute',
      's3:DeleteBucketPolicy',
      's3:PutAccountPublicAccessBlock',
      's3:PutBucketPolicy',
      's3:PutBucketPublicAccessBlock',
      's3:PutEncryptionConfiguration',
    ]);
  });

  test('a second fix changes nothing, and undo brings everything back', async () => {
    emulator.log.clear();
    expect((await run('fix', ...systems, '--yes')).code).toBe(1);
    expect(emulator.log.mutating()).toEqual([]);
    const undone = await run('undo', 'cli.jsonl', '--yes');
    expect(undone.code, undone.screen).toBe(0);
    expect(writesOf('images')).toEqual(['s3:DeletePublicAccessBlock', 's3:PutBucketPolicy']);
    expect(await state()).toEqual(prior);
  });
});
