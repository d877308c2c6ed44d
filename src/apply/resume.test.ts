import { expect, test } from 'vitest';
import { planForShop } from '../../test/apply/planned.ts';
import { shop } from '../../test/builders/shop.ts';
import { Region } from '../model/identifiers.ts';
import type { JournalEvent } from '../model/journal.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { Observation } from '../services/writer.ts';
import { resumeProgress } from './resume.ts';

const region = Region.parse('eu-west-1');
const state = { subnet: 'subnet-0a', tags: { 'securecart:plan': 'apply-0' } };
const call = { service: 'ec2', operation: 'CreateNatGateway', input: {} } as const;
const change: Change = {
  id: 'nat/create',
  title: 'create the NAT gateway',
  object: { kind: 'nat-gateway', region, id: { $created: 'nat/create' } },
  edit: { kind: 'create', state },
  call,
  permissions: ['ec2:CreateNatGateway'],
  effect: { kind: 'none', opens: [], closes: [] },
  dependsOn: [],
  undo: { kind: 'none' },
};
const resource = { type: 'AWS::EC2::NatGateway', arn: 'nat', id: 'nat' };
const mend = { id: 'nat', title: 'build it', region, resource, for: [], risk: 'safe' as const };
const plan: Plan = { ...planForShop(shop()), fingerprints: [], mends: [{ ...mend, changes: [change] }] };

/** The journal of a run that was killed while its one call was under way. */
const events: JournalEvent[] = [
  { kind: 'start', schemaVersion: 1, run: '00000000-0000-4000-8000-000000000000', plan },
  { kind: 'intent', change: change.id, object: change.object, call, before: null },
];

/** Resumes where each look finds the gateway in the next of these states, and the last for ever. */
function resumed(...sights: Observation[]) {
  let looks = 0;
  return resumeProgress(events, {
    account: {
      observe: () =>
        Promise.resolve(sights[Math.min(looks++, sights.length - 1)] ?? { state: null, handles: {} }),
      find: () => Promise.resolve(['nat-0a']),
      namesakes: () => Promise.resolve([]),
      send: () => Promise.reject(new Error('a resume sends nothing before its user agrees')),
      mayCall: () => Promise.resolve(true),
    },
    sleep: () => Promise.resolve(),
    tell: () => {},
  });
}

const built: Observation = { state, handles: {} };
const pending: Observation = { ...built, busy: true };

test('what AWS was at work on is found once it is done with it', async () => {
  const { progress, found } = await resumed(pending, pending, built);
  expect(found).toMatchObject([{ kind: 'done', change: 'nat/create', created: 'nat-0a' }]);
  expect(progress.done()).toEqual(['nat/create']);
});

test('what AWS does not get done with is neither gone on with nor taken back', async () => {
  await expect(resumed(pending)).rejects.toMatchObject({
    code: 'plan-refused',
    detail: 'AWS is still at work on the new nat-gateway (nat/create).',
  });
});

test('what AWS gave up counts as made, so that an undo deletes it, and is told', async () => {
  const failure = 'Gateway.NotAttached: Network vpc-0a has no Internet gateway attached';
  const { progress, found, givenUp } = await resumed(pending, { ...built, failure });
  expect(givenUp).toEqual([{ kind: 'given-up', change: 'nat/create', created: 'nat-0a', error: failure }]);
  expect(found).toEqual([]);
  expect(progress.known(change.object)?.id).toBe('nat-0a');
});
