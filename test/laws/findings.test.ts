import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { evaluate } from '../../src/findings/evaluate.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { broken } from '../builders/broken.ts';
import { type Facts, shop } from '../builders/shop.ts';
import { denied, shippedBaseline, snapshotOf, snapshotOfShop } from '../builders/snapshot.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const judge = (snapshot: Snapshot): readonly Finding[] =>
  evaluate(catalogue, snapshot, shippedBaseline, { digest }).findings;

function made(change: (facts: Facts) => unknown): Facts {
  const facts = shop();
  change(facts);
  return facts;
}

const shops = Object.entries({ compliant: () => undefined, ...broken });
const names = [...new Set(catalogue.flatMap(({ needs }) => needs))];
const ids = (findings: readonly Finding[], status: Finding['status']) =>
  findings.filter(finding => finding.status === status).map(({ id }) => id);

test('a snapshot that meets the baseline has no fail, and nothing of it is unknown', () => {
  const findings = judge(snapshotOfShop(shop()));
  expect(findings.filter(({ status }) => status === 'fail' || status === 'unknown')).toEqual([]);
  expect(new Set(findings.map(({ control }) => control)).size).toBe(catalogue.length);
});

describe.each(shops)('%s', (name, change) => {
  const facts = made(change);
  const before = judge(snapshotOfShop(facts));
  const passes = new Set(ids(before, 'pass'));
  const newPasses = (after: readonly Finding[]) =>
    after.filter(({ id, status }) => status === 'pass' && !passes.has(id));

  test('every control says something, and each finding has an id of its own', () => {
    expect(new Set(before.map(({ control }) => control)).size).toBe(catalogue.length);
    expect(new Set(before.map(({ id }) => id)).size).toBe(before.length);
    expect(name === 'compliant' || ids(before, 'fail').length > 0).toBe(true);
  });

  test('no fact that turns unknown makes a pass', () => {
    for (const fact of names)
      expect(newPasses(judge(snapshotOfShop(facts, [fact]))), `without ${fact}`).toEqual([]);
  });

  test('no facts that turn unknown together make a pass', () => {
    fc.assert(
      fc.property(
        fc.subarray(names),
        without => newPasses(judge(snapshotOfShop(facts, without))).length === 0,
      ),
      { numRuns: 30 },
    );
  });

  test('no prefix list whose entries turn unknown makes a pass', () => {
    for (const { id } of facts['ec2.prefixLists']) {
      const blind = structuredClone(facts);
      for (const list of blind['ec2.prefixLists']) {
        if (list.id === id)
          list.entries = { kind: 'unknown', reason: denied('ec2:GetManagedPrefixListEntries') };
      }
      expect(newPasses(judge(snapshotOfShop(blind))), `without ${id}`).toEqual([]);
    }
  });

  test('whatever the order in which AWS answers, the findings are the same', () => {
    const reversed = structuredClone(facts);
    for (const list of Object.values(reversed)) if (Array.isArray(list)) list.reverse();
    for (const { entries, associations } of reversed['ec2.networkAcls'])
      [entries, associations].map(list => list.reverse());
    for (const { securityGroups } of reversed['elbv2.loadBalancers']) securityGroups.reverse();
    for (const { routes } of reversed['ec2.routeTables']) routes.reverse();
    expect(judge(snapshotOfShop(reversed))).toEqual(before);
  });
});

describe('several Regions', () => {
  const here = 'eu-west-1';
  const there = 'us-east-1';
  const elsewhere = (): Facts =>
    made(facts => {
      for (const list of Object.values(facts)) if (Array.isArray(list)) list.length = 0;
    });

  test('a Region without the VPC is not applicable to what is about the VPC, and the account does not fail for it', () => {
    const findings = judge(snapshotOf({ [here]: shop(), [there]: elsewhere() }));
    const statuses = new Set(findings.filter(({ region }) => region === there).map(({ status }) => status));
    // What is set for a Region as a whole is judged, whatever is in it.
    expect([...statuses].sort()).toEqual(['not-applicable', 'pass']);
    expect(ids(findings, 'fail')).toEqual([]);
  });

  test('a Region that could not be read is unknown in every control of Regions, and leaves the other judged', () => {
    const snapshot = {
      ...snapshotOfShop(shop()),
      skippedRegions: [{ region: there, reason: denied('ec2:DescribeVpcs') }],
    };
    const skipped = judge(snapshot).filter(({ region }) => region === there);
    const regional = catalogue.filter(({ scope }) => scope !== 'account');
    expect(skipped.map(({ control, status }) => [control, status])).toEqual(
      regional.map(({ id }) => [id, 'unknown']),
    );
  });
});
