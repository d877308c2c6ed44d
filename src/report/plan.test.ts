import { expect, test } from 'vitest';
import { planToBuild } from '../../test/apply/provisioned.ts';
import { shippedBaseline } from '../../test/builders/snapshot.ts';
import { Region } from '../model/identifiers.ts';
import { Change } from '../model/plan.ts';
import { emptyAccount } from '../plan/provision/empty-account.ts';
import { undoPlan } from '../plan/undo.ts';
import { lookOf } from './look.ts';
import { renderPlan } from './plan.ts';

const look = lookOf({ width: 80, colors: 0, unicode: true, all: false });
const { takenAt, version } = { takenAt: '2026-01-01T00:00:00Z', version: '0.1.0' };
const plan = planToBuild(emptyAccount(shippedBaseline, { version, takenAt }));
const meta = { id: 'undo-1', createdAt: takenAt, tool: { name: 'securecart', version } } as const;
const vpc = plan.mends.filter(({ id }) => id === 'vpc');

test('what a plan creates is in a Region, and has no ARN yet', () => {
  expect(renderPlan({ ...plan, mends: vpc }, look)).toContain('   where    any-region-1, where it is new\n');
});

test('an undo names it by its id', () => {
  const changes = vpc.flatMap(mend => mend.changes.slice(0, 1));
  const made = changes.map(change => Change.parse({ ...change, object: { ...change.object, id: 'vpc-1' } }));
  const standing = vpc.map(mend => ({ mend, changes: made }));
  const undo = undoPlan(plan, standing, [], meta);
  expect(renderPlan(undo, look)).toContain('   where    vpc-1 in any-region-1\n');
});

test('an undo adopts nothing', () => {
  const adopted = [{ what: 'VPC', region: Region.parse('eu-west-1'), id: 'vpc-1' }];
  const undo = undoPlan({ ...plan, adopted }, [], [], meta);
  expect(renderPlan(undo, look)).not.toContain('Adopted');
});

test('no line of what is new is wider than the screen', () => {
  const lines = renderPlan(plan, look).split('\n');
  expect(lines.filter(line => line.length > look.width && /\bnew\b/.test(line))).toEqual([]);
});
