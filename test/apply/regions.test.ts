import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteRoleCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { awsAccount } from '../../src/apply/aws-account.ts';
import { Region } from '../../src/model/identifiers.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { FUNCTION_ROLE } from '../emulator/accounts/compliant-identity.ts';
import { clientsFor } from '../emulator/clients.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { take } from '../snapshot/taking.ts';
import { buildDriftedAcls, buildDriftedGroups } from './accounts.ts';
import { canonicalSnapshot } from './canonical.ts';
import { fix, sessionWith, undo } from './live.ts';
import { findingsOf, planFor } from './planned.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(() => emulator.reset());

const regions = ['eu-central-1', 'eu-west-1'].map(name => Region.parse(name));
const MENDED = /^(security-group|network-acl)\/|public-ip/;
const whole = { failures: [], interrupted: false };

const failing = (snapshot: Snapshot): string[] =>
  findingsOf(snapshot)
    .filter(({ status, control }) => status === 'fail' && MENDED.test(control))
    .map(({ region = '', control }) => `${region} ${control}`);

test.each([
  { name: 'security groups', build: buildDriftedGroups },
  { name: 'network ACLs and subnets', build: buildDriftedAcls },
])(
  'one plan mends the $name of two Regions that have drifted alike, and undo restores both',
  async ({ build }) => {
    for (const region of regions) {
      const aws = clientsFor(emulator, region);
      await build(aws);
      // Roles are the account's: the next Region's function brings one of the same name.
      await aws.iam.send(new DeleteRoleCommand({ RoleName: FUNCTION_ROLE }));
    }
    const account = awsAccount(sessionWith(emulator));
    const path = join(await mkdtemp(join(tmpdir(), 'securecart-')), 'journal');
    const prior = await take({ regions });
    const plan = planFor(prior, {}, ({ control }) => MENDED.test(control));
    expect(new Set(plan.mends.map(({ region }) => region))).toEqual(new Set(regions));
    expect(failing(prior)).not.toEqual([]);
    expect(await fix(plan, path, account)).toEqual(whole);
    expect(failing(await take({ regions }))).toEqual([]);
    expect(await undo(path, account)).toEqual(whole);
    expect(canonicalSnapshot(await take({ regions }))).toEqual(canonicalSnapshot(prior));
  },
);
