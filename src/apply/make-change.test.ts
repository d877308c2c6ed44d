import { describe, expect, test } from 'vitest';
import { planForShop } from '../../test/apply/planned.ts';
import { shop } from '../../test/builders/shop.ts';
import { CallError } from '../aws/errors.ts';
import { Region } from '../model/identifiers.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { Observation } from '../services/writer.ts';
import { adviceFor } from './advice.ts';
import { carryOut } from './carry-out.ts';
import type { Engine, EngineEvent } from './engine.ts';
import { makeChange } from './make-change.ts';
import { beginProgress } from './progress.ts';

const region = Region.parse('eu-west-1');
const object = { kind: 'db-instance' as const, region, id: 'shop' };
const change: Change = {
  id: 'rds/private',
  title: 'take its public address away',
  object,
  edit: { kind: 'set', fields: { public: { from: true, to: false } } },
  call: { service: 'rds', operation: 'ModifyDBInstance', input: {} },
  permissions: ['rds:ModifyDBInstance'],
  effect: { kind: 'narrows', opens: [], closes: [] },
  dependsOn: [],
  undo: { kind: 'none' },
};
const resource = { type: 'AWS::RDS::DBInstance', arn: 'shop', id: 'shop' };
const mend = { id: 'rds', title: 'mend it', region, resource, for: [], risk: 'safe' as const };
const plan: Plan = {
  ...planForShop(shop()),
  fingerprints: [{ object, state: { public: true } }],
  mends: [{ ...mend, changes: [change] }],
};

const before: Observation = { state: { public: true }, handles: {} };
const after: Observation = { state: { public: false }, handles: {} };

/** As the SDK throws it. */
const refusal = (name: string, call = 'rds:ModifyDBInstance', message = 'said AWS') =>
  new CallError(call, Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } }));

/** The account of one database: what AWS answers to each call, and what is seen of it at each look, the last one for ever. */
function engineOf(answers: (CallError | undefined)[], sights: Observation[], more: Partial<Engine> = {}) {
  const told: EngineEvent[] = [];
  const written: string[] = [];
  let sent = 0;
  let looks = 0;
  const engine: Engine = {
    account: {
      observe: () => Promise.resolve(sights[Math.min(looks++, sights.length - 1)] ?? before),
      find: () => Promise.resolve([]),
      namesakes: () => Promise.resolve([]),
      send: () => {
        const answer = answers[sent++];
        return answer === undefined ? Promise.resolve({}) : Promise.reject(answer);
      },
      mayCall: () => Promise.resolve(true),
    },
    journal: {
      path: 'j.jsonl',
      append: ({ kind }) => Promise.resolve(void written.push(kind)),
      close: () => Promise.resolve(),
    },
    lockLost: () => Promise.resolve(undefined),
    stopping: () => false,
    sleep: () => Promise.resolve(),
    patience: [250, 2_000],
    parallel: 1,
    tell: event => told.push(event),
    ...more,
  };
  return { engine, told, written, sent: () => sent };
}

const make = (engine: Engine) =>
  makeChange(change, beginProgress(plan, '00000000-0000-4000-8000-000000000000'), engine);

test('a database that AWS is at work on is waited for, and the wait is told', async () => {
  const { engine, told } = engineOf(
    [undefined],
    [before, { ...before, busy: true }, { ...after, busy: true }, after],
  );
  expect(await make(engine)).toEqual({ kind: 'done' });
  const waiting = { kind: 'waiting', change: 'rds/private', for: 'AWS to finish with db-instance shop' };
  expect(told).toEqual([waiting, { kind: 'waited', change: 'rds/private' }]);
});

test('what AWS is still at work on after ten minutes is not done, and nothing that depends on it is begun', async () => {
  const next = { ...change, id: 'rds/next', dependsOn: [change.id] };
  const mends = [{ ...mend, changes: [change, next] }];
  let slept = 0;
  const sleep = (milliseconds: number) => {
    slept += milliseconds;
    return Promise.resolve();
  };
  const { engine, written, sent } = engineOf([undefined], [before, { ...after, busy: true }], { sleep });
  const progress = beginProgress({ ...plan, mends }, '00000000-0000-4000-8000-000000000000');
  expect(await carryOut(progress, engine)).toMatchObject({
    failures: [{ change: 'rds/private', kind: 'unknown', detail: expect.stringContaining('still at work') }],
  });
  expect(slept).toBe(600_000);
  expect(progress.done()).toEqual([]);
  expect(sent()).toBe(1);
  expect(written).toEqual(['intent', 'unknown', 'end']);
});

test('a wait is told to be over where a look at what AWS is at work on fails, too', async () => {
  const { engine, told } = engineOf([undefined], []);
  const lost = refusal('InternalFailure', 'rds:DescribeDBInstances');
  const looks = [before, { ...after, busy: true }];
  const observe = () => {
    const sight = looks.shift();
    return sight === undefined ? Promise.reject(lost) : Promise.resolve(sight);
  };
  const outcome = await make({ ...engine, account: { ...engine.account, observe } });
  expect(outcome).toMatchObject({ kind: 'unknown' });
  expect(told.map(({ kind }) => kind)).toEqual(['waiting', 'waited']);
});

describe('what AWS begins to create, and gives up', () => {
  const state = { address: 'eipalloc-0a', tags: {} };
  const creation: Change = {
    ...change,
    id: 'nat/create',
    object: { kind: 'nat-gateway', region, id: { $created: 'nat/create' } },
    edit: { kind: 'create', state },
  };
  const built: Observation = { state, handles: {}, busy: true };
  // AWS need not show the address of what failed.
  const failed: Observation = {
    state: { ...state, address: null },
    handles: {},
    failure: 'Gateway.NotAttached: Network vpc-0a has no Internet gateway attached',
  };

  test.each([
    { name: 'while it is waited for', sights: [built, built, failed], answer: undefined },
    { name: 'before the first look', sights: [failed], answer: undefined },
    { name: 'after an answer that was lost', sights: [failed], answer: refusal('InternalError') },
  ])('$name, is an outcome of its own, with what AWS said', async ({ sights, answer }) => {
    const { engine, written, sent } = engineOf([answer], sights);
    const account: Engine['account'] = {
      ...engine.account,
      find: () => Promise.resolve(['nat-0a']),
      send: async (call, where) => ({ ...(await engine.account.send(call, where)), created: 'nat-0a' }),
    };
    const progress = beginProgress(plan, '00000000-0000-4000-8000-000000000000');
    const outcome = await makeChange(creation, progress, { ...engine, account });
    expect(outcome).toMatchObject({
      kind: 'given-up',
      detail: 'Gateway.NotAttached: Network vpc-0a has no Internet gateway attached',
      advice: expect.stringContaining('a new plan creates another'),
    });
    expect(progress.done()).toEqual([]);
    expect(written).toEqual(['intent', 'given-up']);
    expect(sent()).toBe(1);
  });
});

test('a call that another one is in the way of is made again, and only a long wait is told', async () => {
  const passing = refusal('ConcurrentModificationException');
  const { engine, told, sent } = engineOf([passing, passing, undefined], [before, after]);
  expect(await make(engine)).toEqual({ kind: 'done' });
  expect(sent()).toBe(3);
  expect(told).toMatchObject([
    { kind: 'waiting', for: 'AWS to finish what it was asked before (ConcurrentModificationException)' },
  ]);
});

const OVERLAP = 'Unable to complete operation due to concurrent modification. Please try again later.';
test.each([
  ['apigateway:UpdateMethod', 'ConflictException', OVERLAP, 2],
  ['apigateway:CreateAuthorizer', 'ConflictException', 'Authorizer name must be unique.', 1],
  ['ec2:ReleaseAddress', 'AuthFailure', 'You do not have permission to access the specified resource.', 2],
  ['ec2:ReleaseAddress', 'InvalidNetworkInterfaceID.NotFound', "'eni-0a' does not exist", 2],
  ['ec2:ReleaseAddress', 'InvalidIPAddress.InUse', 'Address is in use.', 2],
  ['ec2:DeleteNatGateway', 'AuthFailure', 'You do not have permission to access the specified resource.', 1],
])('%s, refused once by %s (%s), is sent in all: %i', async (call, code, message, times) => {
  const { engine, sent } = engineOf([refusal(code, call, message), undefined], [before, after]);
  await make(engine);
  expect(sent()).toBe(times);
});

test('a call is not made again by a run that has lost its lock meanwhile', async () => {
  const locks = [undefined, 'the lock is gone'];
  const { engine, sent, written } = engineOf([refusal('ConcurrentModificationException')], [before], {
    lockLost: () => Promise.resolve(locks.length > 1 ? locks.shift() : locks[0]),
  });
  expect(await make(engine)).toEqual({
    kind: 'unlocked',
    detail: 'the lock is gone; rds:ModifyDBInstance: ConcurrentModificationException: said AWS',
  });
  expect(sent()).toBe(1);
  expect(written).toEqual(['intent', 'failed']);
});

test.each([
  { code: 'ThrottlingException', says: 'wait a minute' },
  { code: 'AccessDenied', says: 'Let this identity call rds:ModifyDBInstance' },
  { code: 'ExpiredToken', says: 'aws sso login' },
  { code: 'DBInstanceNotFound', says: 'a new plan' },
  { code: 'DBSubnetGroupAlreadyExists', says: 'a new plan' },
  { code: 'StorageQuotaExceeded', says: 'Service Quotas' },
  { code: 'InvalidDBInstanceState', says: 'go on once they are done' },
])('a refusal by $code comes with what to do', async ({ code, says }) => {
  const { engine } = engineOf([refusal(code)], [before]);
  expect(await make(engine)).toMatchObject({
    kind: 'failed',
    detail: `rds:ModifyDBInstance: ${code}: said AWS`,
    advice: expect.stringContaining(says),
  });
});

test('an address that a NAT gateway holds to the last is nobody else’s, as EC2 has it', () => {
  const refused = Object.assign(new Error('You do not have permission'), { name: 'AuthFailure' });
  const advised = (call: string) => adviceFor(new CallError(call, refused), { permissions: [call] })?.advice;
  expect(advised('ec2:ReleaseAddress')).toContain('a NAT gateway that is going');
  expect(advised('ec2:AllocateAddress')).not.toContain('NAT gateway');
});

test('where the look before the call is denied, it is that which must be allowed', async () => {
  const { engine, sent } = engineOf([], []);
  const denied = new CallError(
    'rds:DescribeDBInstances',
    Object.assign(new Error('said AWS'), { name: 'AccessDenied' }),
  );
  const blind: Engine = {
    ...engine,
    account: { ...engine.account, observe: () => Promise.reject(denied) },
  };
  expect(await make(blind)).toEqual({
    kind: 'failed',
    detail: 'rds:DescribeDBInstances: AccessDenied: said AWS',
    advice: 'This identity may not look at it: securecart policy fix --plan FILE prints what the plan needs.',
  });
  expect(sent()).toBe(0);
});
