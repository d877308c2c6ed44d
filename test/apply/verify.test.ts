import { beforeEach, expect, test } from 'vitest';
import { type ApplyOptions, apply } from '../../src/apply/apply.ts';
import { createJournal } from '../../src/apply/journal.ts';
import { beginProgress } from '../../src/apply/progress.ts';
import { SecureCartError } from '../../src/model/error.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Plan } from '../../src/model/plan.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedGroups, canonicalState } from './accounts.ts';
import { emulated } from './emulated.ts';
import { engineOf, now } from './live.ts';
import { findingsOf, planFor } from './planned.ts';
import { whole } from './spoil-each.ts';

const on = emulated();
let plan: Plan;
let before: Finding[];
let prior: string[];
beforeEach(async () => {
  await buildDriftedGroups(on.aws);
  const snapshot = await take();
  before = [...findingsOf(snapshot)];
  plan = planFor(snapshot, {}, ({ control }) => control.startsWith('security-group/'));
  prior = await canonicalState(on.aws);
});

const run = '00000000-0000-4000-8000-000000000000';

async function applied(options: Pick<ApplyOptions, 'verify' | 'keep'>) {
  const journal = async (name: string, of: Plan) => {
    const made = await createJournal(on.file(name), now);
    await made.append({ kind: 'start', schemaVersion: 1, run, plan: of });
    return made;
  };
  const own = await journal('j', plan);
  const result = await apply(beginProgress(plan, run), engineOf(on.account, own), {
    ...options,
    run,
    undo: { id: 'undo-0', createdAt: '2026-01-01T00:00:00Z', tool: { name: 'securecart', version: '0.1.0' } },
    undoEngine: async ({ plan: back }) => engineOf(on.account, await journal('j.undo', back)),
  });
  await own.close();
  return result;
}

const stillThere = () => Promise.resolve(before);
const state = () => canonicalState(on.aws);

test('a mend that changed nothing for its findings is taken back', async () => {
  const result = await applied({ verify: stillThere, keep: false });
  expect(result.notFixed.map(({ id }) => id)).toEqual(plan.mends.map(({ id }) => id));
  expect(result.takenBack).toEqual({ ...whole, journal: on.file('j.undo') });
  expect(await state()).toEqual(prior);
});

test('--keep leaves it', async () => {
  const result = await applied({ verify: stillThere, keep: true });
  expect(result.notFixed).toHaveLength(plan.mends.length);
  expect(result).not.toHaveProperty('takenBack');
  expect(await state()).not.toEqual(prior);
});

test('only the mend of the finding that is still there is taken back', async () => {
  const [kept, ...others] = plan.mends;
  const gone = new Set(others.flatMap(mend => mend.for.map(({ finding }) => finding)));
  const verify = () => Promise.resolve(before.filter(({ id }) => !gone.has(id)));
  const result = await applied({ verify, keep: false });
  expect(result.notFixed.map(({ id }) => id)).toEqual([kept?.id]);
});

test('a finding that was not there before is a reason too', async () => {
  const cause = plan.mends[0]?.for[0];
  const known = before.find(({ id }) => id === cause?.finding);
  if (known === undefined) throw new Error('the plan is for no finding');
  const verify = () => Promise.resolve([{ ...known, id: 'new', key: 'new' }]);
  const result = await applied({ verify, keep: true });
  expect(result.notFixed.map(({ id }) => id)).toContain(plan.mends[0]?.id);
});

test('an audit that cannot be made is no verdict, and hides no change', async () => {
  const verify = () => Promise.reject(new SecureCartError('credentials-unusable', 'they have expired'));
  const result = await applied({ verify, keep: false });
  expect(result.done).not.toEqual([]);
  expect(result.unverified).toContain('they have expired');
});
