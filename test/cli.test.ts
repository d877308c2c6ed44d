import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, test } from 'vitest';
import { main } from '../src/cli/main.ts';
import { Report } from '../src/model/report.ts';
import { writeSnapshot } from '../src/snapshot/write-snapshot.ts';
import { group, rule, shop } from './builders/shop.ts';
import { snapshotOfShop } from './builders/snapshot.ts';
import { fakeWorld } from './builders/world.ts';

let cwd: string;

/** The shop: as the baseline wants it, with SSH open to the internet, and as someone sees it who may not read rules. */
const compliant = shop();
const open = shop();
open['ec2.securityGroups'].push(group('sg-0f', 'jump-host'));
open['ec2.securityGroupRules'].push(rule('sgr-0f', 'sg-0f', 'ingress tcp 22 0.0.0.0/0'));

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
  await writeFile(join(cwd, 'compliant.json'), writeSnapshot(snapshotOfShop(compliant)));
  await writeFile(join(cwd, 'open.json'), writeSnapshot(snapshotOfShop(open)));
  await writeFile(
    join(cwd, 'unread.json'),
    writeSnapshot(snapshotOfShop(compliant, ['ec2.securityGroupRules'])),
  );
  return () => rm(cwd, { recursive: true });
});

/** Runs a command line in the folder of the snapshots. */
async function run(line: string) {
  const { world, stdout, stderr } = fakeWorld({ cwd });
  const code = await main(line.split(' '), world);
  return { code, stdout: stdout(), stderr: stderr() };
}

const reportIn = (text: string) => Report.parse(JSON.parse(text));

test.each([
  { line: 'audit --snapshot compliant.json', code: 0 },
  { line: 'audit --snapshot open.json', code: 1 },
  { line: 'audit --snapshot open.json --fail-on high', code: 1 },
  { line: 'audit --snapshot open.json --fail-on critical', code: 0 },
  { line: 'audit --snapshot open.json --control network-acl/*', code: 0 },
  { line: 'audit --snapshot compliant.json --literal', code: 1 },
  { line: 'audit --snapshot unread.json', code: 3 },
  { line: 'audit --snapshot unread.json --allow-unknown', code: 0 },
  { line: 'audit --snapshot no.json', code: 2 },
  { line: 'audit --snapshot compliant.json --vpc default', code: 2 },
])('$line exits with $code', async ({ line, code }) => {
  expect((await run(line)).code).toBe(code);
});

test('several forms come from one run', async () => {
  const { stdout } = await run('audit --snapshot open.json --format json=report.json --format table');
  expect(stdout).toMatch(/^SecureCart audit$/m);
  const { findings } = reportIn(await readFile(join(cwd, 'report.json'), 'utf8'));
  expect(findings.filter(({ status }) => status === 'fail').map(({ control }) => control)).toEqual([
    'security-group/remote-administration',
  ]);
});

test('a table in a file has no colours, whatever the terminal has', async () => {
  const { world } = fakeWorld({ cwd, columns: 120, color: true });
  await main(['audit', '--snapshot', 'open.json', '--output', 'report.txt'], world);
  const text = await readFile(join(cwd, 'report.txt'), 'utf8');
  expect(text).not.toContain('\u001b');
  expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
});

test('the same snapshot and baseline give the same bytes', async () => {
  const line = 'audit --snapshot open.json --format json';
  const { stdout } = await run(line);
  expect(reportIn(stdout).findings).not.toEqual([]);
  expect((await run(line)).stdout).toBe(stdout);
});

test('what --control leaves out is in the report as not selected', async () => {
  const { stdout } = await run('audit --snapshot open.json --format json --control vpc/*');
  const { coverage, findings } = reportIn(stdout);
  expect(new Set(findings.map(({ control }) => control.split('/')[0]))).toEqual(new Set(['vpc']));
  expect(coverage.controls.find(({ id }) => id === 'security-group/default-closed')?.evaluated).toBe(
    'not-selected',
  );
});

test('without a baseline of its own, the audit says that it took the one that is shipped', async () => {
  expect((await run('audit --snapshot compliant.json')).stdout).toMatch(
    /shipped with securecart 0\.0\.0, since none was given/,
  );
});

test('the baseline of the folder is taken where there is one', async () => {
  const shipped = await readFile(new URL('../securecart-baseline.yaml', import.meta.url), 'utf8');
  await writeFile(join(cwd, 'securecart-baseline.yaml'), shipped.replace(/^name: .*$/m, 'name: our-shop'));
  const { baseline } = reportIn((await run('audit --snapshot compliant.json --format json')).stdout);
  expect(baseline).toMatchObject({ name: 'our-shop', file: 'securecart-baseline.yaml' });
});

test('a bad baseline is refused with its place, before anything is reported', async () => {
  await writeFile(join(cwd, 'bad.yaml'), 'version: 2\n');
  const { code, stdout, stderr } = await run('audit --snapshot compliant.json --baseline bad.yaml');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^ {2}bad\.yaml:1:10$/m);
});

test.each([
  {
    name: 'a reader that goes away is no error',
    line: '{ controls; echo $? >&2; } | head -1',
    stderr: '0\n',
  },
  {
    name: 'output that cannot be written is one',
    line: 'controls 1</dev/null; echo $? >&2',
    stderr: 'error: Standard output cannot be written: bad file descriptor.\n2\n',
  },
])('$name', async ({ line, stderr }) => {
  const program = `"${process.execPath}" --import ts-blank-space/register bin/securecart.ts controls`;
  const shell = promisify(execFile)('sh', ['-c', line.replace('controls', program)], {
    cwd: join(import.meta.dirname, '..'),
  });
  expect((await shell).stderr).toBe(stderr);
});
