import { expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { evaluate } from '../../src/findings/evaluate.ts';
import { changesOf } from '../../src/model/plan.ts';
import { ANY_REGION, emptyAccount } from '../../src/plan/provision/empty-account.ts';
import { Snapshot } from '../../src/snapshot/snapshot.ts';
import { planToBuild } from '../apply/provisioned.ts';
import { REGION, shop } from '../builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../builders/snapshot.ts';

const partitions = [
  { partition: 'aws-cn', region: 'cn-north-1', suffix: 'amazonaws.com.cn' },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', suffix: 'amazonaws.com' },
];
type Place = (typeof partitions)[number];

/** The same account in another partition, as AWS would write it there. */
const elsewhere = (snapshot: Snapshot, from: string, { partition, region, suffix }: Place): Snapshot =>
  Snapshot.parse(
    JSON.parse(
      JSON.stringify(snapshot)
        .replaceAll(`"partition":"aws"`, `"partition":"${partition}"`)
        .replaceAll('arn:aws:', `arn:${partition}:`)
        .replaceAll(from, region)
        .replaceAll(`cognito-idp.${region}.amazonaws.com`, `cognito-idp.${region}.${suffix}`),
    ),
  );

const judged = (snapshot: Snapshot) =>
  evaluate(catalogue, snapshot, shippedBaseline, { digest: text => text }).findings.map(
    ({ control, key, status }) => ({ control, key, status }),
  );

test.each(partitions)('the shop is judged in $partition as it is elsewhere', place => {
  const here = snapshotOfShop(shop());
  expect(judged(elsewhere(here, REGION, place))).toEqual(judged(here));
});

test.each(partitions)('a baseline is built in $partition with the names of the partition', place => {
  const about = { version: '0.1.0', takenAt: '2026-01-01T00:00:00Z' };
  const plan = planToBuild(elsewhere(emptyAccount(shippedBaseline, about), ANY_REGION, place));
  expect(changesOf(plan).length).toBeGreaterThan(50);
  expect(JSON.stringify(plan).match(/arn:aws:[^"]*/g)).toBeNull();
});
