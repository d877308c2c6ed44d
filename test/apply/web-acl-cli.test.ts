import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rule } from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parsePlanFile, renderPlanFile } from '../../src/apply/plan-file.ts';
import { associate, createIpSet, createWebAcl, visible } from '../emulator/accounts/web-acl.ts';
import { type Clients, clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { runCli } from '../emulator/run-cli.ts';
import { buildFronts, type Fronts, partOfWaf, stateOfWaf } from './waf-account.ts';

let emulator: Emulator;
let aws: Clients;
let cwd: string;
let fronts: Fronts;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = clientsFor(emulator);
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  Object.assign(process.env, emulator.env);
  fronts = await buildFronts(aws);
  cwd = await mkdtemp(join(tmpdir(), 'securecart-'));
});

interface Run {
  readonly args: string;
  readonly code: number;
  readonly changes: boolean;
  readonly says: readonly string[];
}

/** Runs the program once, and gives what it said on one line. */
async function run({ args, code, changes, says }: Run): Promise<void> {
  emulator.log.clear();
  const ended = await runCli(emulator, args.split(' '), { cwd, env: { LANG: 'en_US.UTF-8' } });
  const text = `${ended.stdout}\n${ended.stderr}`.replaceAll(/\s+/g, ' ');
  for (const said of says) expect(text, args).toContain(said);
  expect(ended.code, `${args}: ${text}`).toBe(code);
  expect(emulator.log.mutating().length > 0, args).toBe(changes);
}

/** Somebody else's rule, which stays. moto takes an update to no rules at all for one that says nothing of them. */
const sizes: Rule = {
  Name: 'Sizes',
  Priority: 20,
  Action: { Count: {} },
  Statement: {
    SizeConstraintStatement: {
      FieldToMatch: { QueryString: {} },
      ComparisonOperator: 'GT',
      Size: 1024,
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    },
  },
  VisibilityConfig: visible('Sizes'),
};

test('fixes a web ACL as a process, says what it does, does nothing twice, and takes it back', async () => {
  await createIpSet(aws, 'IPV4');
  await createIpSet(aws, 'IPV6');
  await associate(aws, await createWebAcl(aws, 'securecart', [sizes]), [fronts.stage]);
  const prior = await stateOfWaf();
  await run({
    args: 'fix --control waf/* --plan-only',
    code: 1,
    changes: false,
    says: [
      'add rule 0 GuardDutyBlocklist, which blocks',
      'create the log group aws-waf-logs-securecart',
      'put web ACL securecart before load balancer securecart',
      'wafv2:PutLoggingConfiguration',
    ],
  });
  await run({
    args: 'fix --control waf/* --yes --journal fix.jsonl',
    code: 0,
    changes: true,
    says: ['To take back: securecart undo'],
  });
  await run({ args: 'audit --control waf/*', code: 0, changes: false, says: [] });
  await run({ args: 'fix --control waf/* --yes', code: 0, changes: false, says: [] });
  await run({ args: 'undo fix.jsonl --yes', code: 0, changes: true, says: [] });
  expect(await stateOfWaf()).toBe(prior);
}, 300_000);

test('applies the web ACL as a process, names what it costs, and takes it back', async () => {
  const prior = await stateOfWaf();
  await run({
    args: 'apply --plan-only -o whole.json',
    code: 1,
    changes: false,
    says: [
      'create the web ACL securecart',
      'a web ACL and 6 rules, charged by the month (some 11 USD in all)',
      'with waf.logging.logs: false in the baseline there is no log',
    ],
  });
  const file = join(cwd, 'whole.json');
  const plan = partOfWaf(await parsePlanFile(await readFile(file, 'utf8'), file));
  await writeFile(join(cwd, 'waf.json'), renderPlanFile(plan));
  // The network is not in the plan, and so is missing still.
  await run({
    args: 'apply --plan waf.json --yes --journal apply.jsonl',
    code: 1,
    changes: true,
    says: ['To take back: securecart undo'],
  });
  await run({ args: 'audit --control waf/*', code: 0, changes: false, says: [] });
  await run({ args: 'undo apply.jsonl --yes', code: 0, changes: true, says: [] });
  expect(await stateOfWaf()).toBe(prior);
}, 300_000);
