import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBaseline } from '../src/baseline/check/check.ts';
import { readBaseline } from '../src/baseline/read.ts';
import { buildCompliantNetwork } from '../test/emulator/accounts/compliant-network.ts';
import { clientsFor } from '../test/emulator/clients.ts';
import { startEmulator } from '../test/emulator/emulator.ts';
import { record, replay } from './bare-calls.ts';
import { largeAccount } from './large-account.ts';
import { type Measured, measure, median } from './measure.ts';

const program = join(import.meta.dirname, '..', 'dist', 'securecart.js');
const findings = { expected: [0, 1, 3] };
const figures = ({ ms, mb }: Measured) => `${Math.round(ms)} ms, ${Math.round(mb)} MB`;
const times = (a: number, b: number) => `${(a / b).toFixed(1)}×`;

/** What AWS is away, in ms. */
const LATENCY = 50;

baselineCheck();
await startUp();
await snapshots();
await emulator();
await provisioning();

/** The first one of a process: nothing is compiled or known yet. */
function baselineCheck() {
  const name = 'securecart-baseline.yaml';
  const shipped = readBaseline(readFileSync(join(import.meta.dirname, '..', name), 'utf8'), name);
  const started = performance.now();
  checkBaseline(shipped, {
    tool: { name: 'securecart', version: '0.0.0' },
    baseline: { name, digest: '', literal: false },
  });
  console.log(`baseline check        ${Math.round(performance.now() - started)} ms, the file read before`);
}

async function startUp() {
  const node = await median(15, () => measure(['-e', '0']));
  const version = await median(15, () => measure([program, '--version']));
  console.log(`node -e 0             ${figures(node)}`);
  console.log(`securecart --version  ${figures(version)}  (${times(version.ms, node.ms)})`);
}

async function snapshots() {
  const folder = mkdtempSync(join(tmpdir(), 'securecart-bench-'));
  try {
    const first = await snapshot(folder, 1_000);
    const second = await snapshot(folder, 10_000);
    console.log(`ten times the groups take ${times(second.ms, first.ms)} the time`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function snapshot(folder: string, groups: number): Promise<Measured> {
  const file = join(folder, `${groups}.json`);
  writeFileSync(file, largeAccount(groups));
  const parse = `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`;
  const floor = await median(3, () => measure(['-e', parse]));
  const audit = await median(3, () => measure([program, 'audit', '--snapshot', file], findings));
  console.log(`\n${groups} security groups of 60 rules in each family`);
  console.log(`parse the JSON        ${figures(floor)}`);
  console.log(`audit --snapshot      ${figures(audit)}  (${times(audit.ms, floor.ms)})`);
  return audit;
}

async function emulator() {
  const aws = await startEmulator();
  try {
    await buildCompliantNetwork(clientsFor(aws));
    const recorder = await record(aws.url);
    const env = { ...aws.env, AWS_ENDPOINT_URL: recorder.url };
    const audit = await measure([program, 'audit'], { ...findings, env });
    const recording = recorder.stop();
    const floor = await replay(aws.url, recording);
    console.log(`\nthe compliant account in the emulator: ${recording.calls.length} calls`);
    console.log(`the bare calls        ${Math.round(floor)} ms, ${recording.concurrency} at once`);
    console.log(`audit                 ${figures(audit)}  (${times(audit.ms, floor)})`);
  } finally {
    await aws.stop();
  }
}

/** An empty account gets its network. Replayed, its calls find other ids than they name, which costs the same way there and back. */
async function provisioning() {
  const aws = await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), 'securecart-bench-'));
  const delay = () => aws.faults.add({ effect: { kind: 'delay', milliseconds: LATENCY } });
  try {
    // The first call of a service makes moto load it, which is no part of either time.
    await measure([program, 'apply', '--plan-only'], { expected: [1], env: aws.env });
    aws.log.clear();
    delay();
    const recorder = await record(aws.url);
    const env = { ...aws.env, HOME: folder, AWS_ENDPOINT_URL: recorder.url };
    const journal = join(folder, 'apply.jsonl');
    const apply = await measure([program, 'apply', '--yes', '--journal', journal], { expected: [0, 1], env });
    const { calls, concurrency } = recorder.stop();
    const mutating = aws.log.mutating().length;
    await aws.reset();
    delay();
    const floor = await replay(aws.url, { calls, concurrency: 1 });
    console.log(
      `\nan empty account gets its network: ${calls.length} calls, ${mutating} of them mutating, each ${LATENCY} ms away`,
    );
    console.log(`the same calls, one by one  ${Math.round(floor)} ms`);
    console.log(
      `apply                       ${figures(apply)}, ${concurrency} at once  (${times(floor, apply.ms)} as fast)`,
    );
  } finally {
    rmSync(folder, { recursive: true });
    await aws.stop();
  }
}
