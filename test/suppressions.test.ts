import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { main } from '../src/cli/main.ts';
import { Report } from '../src/model/report.ts';
import { fakeWorld } from './builders/world.ts';

let folder: string;
let shipped: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'securecart-'));
  shipped = await readFile(new URL('../securecart-baseline.yaml', import.meta.url), 'utf8');
});

/** Audits the open database by the shipped baseline with one suppression. */
async function audit(control: string, expires: string) {
  const baseline = join(folder, `${expires}.yaml`);
  const suppression = `{ id: known, control: ${control}, reason: a test, owner: shop, expires: ${expires} }`;
  await writeFile(baseline, `${shipped}\nsuppressions:\n  - ${suppression}\n`);
  const { world, stdout } = fakeWorld();
  const snapshot = 'fixtures/open-database/snapshot.json';
  const selected = ['--control', 'security-group/rds-*'];
  const args = ['audit', '--snapshot', snapshot, '--baseline', baseline, ...selected, '--format', 'json'];
  const code = await main(args, world);
  return { code, report: Report.parse(JSON.parse(stdout())) };
}

describe.each([
  {
    name: 'all that fails is suppressed',
    control: 'security-group/*',
    expires: '9999-12-31',
    code: 0,
    state: 'in-force',
  },
  {
    name: 'a part of it is',
    control: 'security-group/rds-ingress',
    expires: '9999-12-31',
    code: 1,
    state: 'in-force',
  },
  {
    name: 'the suppression has expired',
    control: 'security-group/*',
    expires: '2020-01-01',
    code: 1,
    state: 'expired',
  },
])('where $name', ({ control, expires, code, state }) => {
  test(`an audit ends with ${code}, and shows every finding as failing`, async () => {
    const told = await audit(control, expires);
    const failing = told.report.findings.filter(({ status }) => status === 'fail');
    expect(told.code).toBe(code);
    expect(failing.length).toBe(told.report.summary.status.fail);
    expect(failing.filter(({ suppressed }) => suppressed !== undefined)).toHaveLength(
      told.report.summary.suppressed,
    );
    expect(failing.some(({ suppressed }) => suppressed === undefined)).toBe(code === 1);
    expect(told.report.suppressions.map(use => use.state)).toEqual([state]);
  });
});
