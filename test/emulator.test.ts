import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CreateRestApiCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CreateVpcCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListUsersCommand } from '@aws-sdk/client-iam';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { CreateBucketCommand, GetBucketEncryptionCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ListWebACLsCommand } from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Clients, clientsFor } from './emulator/clients.ts';
import { account, credentials, type Emulator, region, startEmulator } from './emulator/emulator.ts';
import { type RunOptions, runNode } from './emulator/run-cli.ts';

let emulator: Emulator;
let aws: Clients;

beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.stop());

/** The error that a call throws. */
async function errorOf(send: () => Promise<unknown>): Promise<Error> {
  try {
    await send();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('the call did not throw an Error');
}

/** A read of each wire protocol, and more where a protocol has more than one way to name an operation. */
const reads: [name: string, action: string, send: () => Promise<unknown>][] = [
  ['ec2:DescribeVpcs', 'ec2:DescribeVpcs', () => aws.ec2.send(new DescribeVpcsCommand({}))],
  [
    'rds:DescribeDBInstances',
    'rds:DescribeDBInstances',
    () => aws.rds.send(new DescribeDBInstancesCommand({})),
  ],
  [
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeLoadBalancers',
    () => aws.elb.send(new DescribeLoadBalancersCommand({})),
  ],
  ['iam:ListUsers', 'iam:ListUsers', () => aws.iam.send(new ListUsersCommand({}))],
  ['sts:GetCallerIdentity', 'sts:GetCallerIdentity', () => aws.sts.send(new GetCallerIdentityCommand({}))],
  [
    'wafv2:ListWebACLs',
    'wafv2:ListWebACLs',
    () => aws.waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' })),
  ],
  [
    'cognito-idp:ListUserPools',
    'cognito-idp:ListUserPools',
    () => aws.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 })),
  ],
  ['ecs:ListClusters', 'ecs:ListClusters', () => aws.ecs.send(new ListClustersCommand({}))],
  ['lambda:ListFunctions', 'lambda:ListFunctions', () => aws.lambda.send(new ListFunctionsCommand({}))],
  ['apigateway:GetRestApis', 'apigateway:GET', () => aws.apiGateway.send(new GetRestApisCommand({}))],
  ['apigatewayv2:GetApis', 'apigateway:GET', () => aws.apiGatewayV2.send(new GetApisCommand({}))],
  ['s3:ListBuckets', 's3:ListAllMyBuckets', () => aws.s3.send(new ListBucketsCommand({}))],
  [
    's3:GetBucketEncryption',
    's3:GetEncryptionConfiguration',
    () => aws.s3.send(new GetBucketEncryptionCommand({ Bucket: 'orders' })),
  ],
  [
    's3control:GetPublicAccessBlock',
    's3:GetAccountPublicAccessBlock',
    () => aws.s3Control.send(new GetPublicAccessBlockCommand({ AccountId: account })),
  ],
];

describe.each(reads)('%s', (name, action, send) => {
  const protocol = name.split(':')[0] ?? '';

  test('is logged as a read, with its IAM action, Region and key', async () => {
    await send().catch(() => undefined);
    expect(emulator.log.calls).toMatchObject([
      { name, action, region, accessKeyId: credentials.accessKeyId, mutating: false },
    ]);
  });

  test('is denied by its IAM action, in the shape of its protocol', async () => {
    emulator.faults.denyAction(action);
    const error = await errorOf(send);
    expect(error.name).toBe(deniedName[protocol] ?? 'AccessDeniedException');
    expect(error.message).toContain(`is not authorized to perform: ${action}`);
  });

  test('is throttled in the shape of its protocol', async () => {
    emulator.faults.add({ call: name, effect: { kind: 'throttle' } });
    expect((await errorOf(send)).name).toBe(throttledName[protocol] ?? 'ThrottlingException');
  });

  test('fails with a 5xx', async () => {
    emulator.faults.add({ call: name, effect: { kind: 'server-error' } });
    expect(await errorOf(send)).toMatchObject({ $metadata: { httpStatusCode: 500 }, $fault: 'server' });
  });

  test('has its connection cut', async () => {
    emulator.faults.add({ call: name, effect: { kind: 'cut', when: 'before' } });
    expect(await errorOf(send)).toMatchObject({ code: 'ECONNRESET' });
  });
});

const deniedName: Record<string, string> = {
  ec2: 'UnauthorizedOperation',
  rds: 'AccessDenied',
  elasticloadbalancing: 'AccessDenied',
  iam: 'AccessDenied',
  sts: 'AccessDenied',
  s3: 'AccessDenied',
  s3control: 'AccessDenied',
};

const throttledName: Record<string, string> = {
  ec2: 'RequestLimitExceeded',
  rds: 'Throttling',
  elasticloadbalancing: 'Throttling',
  iam: 'Throttling',
  sts: 'Throttling',
  lambda: 'TooManyRequestsException',
  apigateway: 'TooManyRequestsException',
  apigatewayv2: 'TooManyRequestsException',
  s3: 'SlowDown',
  s3control: 'SlowDown',
};

const createVpc = () => aws.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
const vpcs = async () =>
  (await aws.ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] })))
    .Vpcs;

describe('the log', () => {
  test('tells what changes the account', async () => {
    await createVpc();
    await aws.s3.send(new CreateBucketCommand({ Bucket: 'orders' }));
    await aws.apiGateway.send(new CreateRestApiCommand({ name: 'orders' }));
    await vpcs();
    expect(emulator.log.mutating()).toEqual(['ec2:CreateVpc', 's3:CreateBucket', 'apigateway:CreateRestApi']);
  });

  test('tells a call that was made twice from two calls of one operation', async () => {
    await aws.waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL', Limit: 10 }));
    await aws.waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL', Limit: 20 }));
    await clientsFor(emulator, 'eu-central-1').waf.send(
      new ListWebACLsCommand({ Scope: 'REGIONAL', Limit: 20 }),
    );
    expect(emulator.log.repeated()).toEqual([]);
    await aws.waf.send(new ListWebACLsCommand({ Limit: 10, Scope: 'REGIONAL' }));
    expect(emulator.log.repeated()).toEqual([
      `wafv2:ListWebACLs in ${region}: {"Limit":10,"Scope":"REGIONAL"}`,
    ]);
  });
});

describe('faults', () => {
  test('hit only the n-th of the calls they name, counted from when they were set', async () => {
    await vpcs();
    emulator.faults.add({ call: 'ec2:Describe*', nth: 2, effect: { kind: 'server-error' } });
    await vpcs();
    await createVpc();
    expect((await errorOf(vpcs)).name).toBe('InternalError');
    await vpcs();
    expect(emulator.log.calls.map(({ outcome }) => outcome)).toEqual([200, 200, 200, 500, 200]);
  });

  test('without a name count every call', async () => {
    emulator.faults.add({ nth: 2, effect: { kind: 'throttle' } });
    await createVpc();
    await errorOf(vpcs);
    await vpcs();
    expect(emulator.log.calls.map(({ outcome }) => outcome)).toEqual([200, 503, 200]);
  });

  test('give any error code that AWS has', async () => {
    const error = {
      code: 'VpcLimitExceeded',
      status: 400,
      message: 'The maximum number of VPCs has been reached.',
    };
    emulator.faults.add({ call: 'ec2:CreateVpc', effect: { kind: 'error', error } });
    expect(await errorOf(createVpc)).toMatchObject({ name: 'VpcLimitExceeded', message: error.message });
  });

  test('cut before the call is carried out, or after it and before the answer', async () => {
    emulator.faults.add({ call: 'ec2:CreateVpc', nth: 1, effect: { kind: 'cut', when: 'before' } });
    emulator.faults.add({ call: 'ec2:CreateVpc', nth: 2, effect: { kind: 'cut', when: 'after' } });
    await errorOf(createVpc);
    expect(await vpcs()).toHaveLength(0);
    await errorOf(createVpc);
    expect(await vpcs()).toHaveLength(1);
  });

  test('let a test act between a call and what follows', async () => {
    emulator.faults.add({
      call: 'ec2:DescribeVpcs',
      nth: 1,
      effect: { kind: 'run', when: 'after', run: async () => void (await createVpc()) },
    });
    expect(await vpcs()).toHaveLength(0);
    expect(await vpcs()).toHaveLength(1);
  });
});

describe('a process that a test starts', () => {
  const calls = (count: number) =>
    `for (let n = 0; n < ${count}; n += 1) console.log((await fetch(process.env.AWS_ENDPOINT_URL)).status)`;
  const run = (script: string, options?: RunOptions) =>
    runNode(emulator, ['--input-type=module', '-e', script], options);

  test('is given back whole: output, exit code, input', async () => {
    const script = `process.stdin.pipe(process.stderr); console.log('out'); process.exitCode = 3`;
    expect(await run(script, { input: 'in' })).toEqual({
      code: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'in',
    });
  });

  test('sees the emulator and nothing of this machine', async () => {
    const script = `console.log(Object.keys(process.env).filter(name => !name.startsWith('AWS_')).sort().join())`;
    expect(await run(script)).toMatchObject({ stdout: 'HOME,NODE_OPTIONS,PATH\n' });
    const strayed = await run(
      `await fetch('https://sts.amazonaws.com').catch(error => console.log(error.cause.message))`,
    );
    expect(strayed.stdout).toBe('sts.amazonaws.com is not the emulator: tests reach no other host\n');
  });

  test('is interrupted after its n-th call', async () => {
    const patient = `process.on('SIGINT', () => { process.exitCode = 130 }); ${calls(3)}`;
    const interrupted = await run(patient, { interrupt: { signal: 'SIGINT', afterCalls: 2 } });
    expect(interrupted).toMatchObject({ code: 130, stdout: '200\n200\n200\n' });
  });

  test('is killed after its n-th call was carried out and before it was answered', async () => {
    const killed = await run(calls(3), { interrupt: { signal: 'SIGKILL', afterCalls: 2 } });
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '200\n' });
    expect(emulator.log.calls.map(({ outcome }) => outcome)).toEqual([200, 200]);
  });
});

test('reset empties the account, the faults and the log', async () => {
  await createVpc();
  emulator.faults.denyAction('ec2:*');
  await emulator.reset();
  expect(emulator.log.calls).toEqual([]);
  expect(await vpcs()).toHaveLength(0);
});

const motoModule = new URL('emulator/moto.ts', import.meta.url).href;

test('moto dies with a process that is killed', async () => {
  const script = `console.log((await (await import(${JSON.stringify(motoModule)})).startMoto()).pid)`;
  const child = spawn(process.execPath, [
    '--import',
    'ts-blank-space/register',
    '--input-type=module',
    '-e',
    script,
  ]);
  const [said] = await once(child.stdout, 'data');
  const moto = Number(String(said));
  expect(isAlive(moto)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isAlive(moto), { timeout: 10_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
