import { describe, expect, test } from 'vitest';
import { accepted, finding, reportOf, silentControl } from '../../test/builders/report.ts';
import { denied } from '../../test/builders/snapshot.ts';
import { Region } from '../model/identifiers.ts';
import { Report } from '../model/report.ts';
import { compare } from './compare.ts';

const reason = denied('ec2:DescribeVpcs');
const one = (given: Record<string, unknown> = {}) => finding({ control: 'vpc/one', id: 'f1', ...given });
const other = one({ id: 'f2', status: 'unknown', reason });
const of = (...findings: ReturnType<typeof one>[]): Report => reportOf(findings, [silentControl('vpc/one')]);
const fates = (before: Report, after: Report) => compare(before, after).differences.map(({ fate }) => fate);

const pass = one({ status: 'pass' });
const unknown = one({ status: 'unknown', reason });
const suppressed = one({ suppressed: accepted.suppressed });

describe('what becomes of a finding', () => {
  test.each([
    { name: 'that is there for the first time', before: [], after: [one()], fate: ['new'] },
    { name: 'that passed', before: [pass], after: [one()], fate: ['new'] },
    { name: 'that was unknown, and fails', before: [unknown], after: [one()], fate: ['new'] },
    { name: 'whose suppression has ended', before: [suppressed], after: [one()], fate: ['new'] },
    { name: 'that fails as it did', before: [one()], after: [one()], fate: [] },
    { name: 'that got graver', before: [one()], after: [one({ severity: 'critical' })], fate: ['worse'] },
    { name: 'that got lighter', before: [one()], after: [one({ severity: 'low' })], fate: ['changed'] },
    { name: 'that fails otherwise', before: [one()], after: [one({ actual: 'all' })], fate: ['changed'] },
    { name: 'that passes now', before: [one()], after: [pass], fate: ['mended'] },
    {
      name: 'that applies no more',
      before: [one()],
      after: [one({ status: 'not-applicable' })],
      fate: ['mended'],
    },
    { name: 'that somebody has accepted', before: [one()], after: [suppressed], fate: ['accepted'] },
    { name: 'that cannot be judged', before: [one()], after: [unknown], fate: ['unknown'] },
    { name: 'that passed and cannot be judged', before: [pass], after: [unknown], fate: ['unknown'] },
    { name: 'that could not be judged before either', before: [unknown], after: [unknown], fate: [] },
    { name: 'that passes as it did', before: [pass], after: [pass], fate: [] },
    { name: 'whose resource is not there any more', before: [one()], after: [], fate: ['gone'] },
    {
      name: 'whose resource is sound now, or has another finding',
      before: [one()],
      after: [one({ id: 'f2', status: 'pass', key: '' })],
      fate: ['mended'],
    },
    { name: 'that passed, and whose resource is gone', before: [pass], after: [], fate: [] },
  ])('$name', ({ before, after, fate }) => {
    expect(fates(of(...before), of(...after))).toEqual(fate);
  });

  test('is unknown where its control could not see all: a list that was denied shows no resource', () => {
    expect(fates(of(one()), of(other))).toEqual(['unknown', 'unknown']);
    const resource = {
      type: 'AWS::EC2::VPC',
      arn: 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1',
      id: 'vpc-1',
    };
    const elsewhere = one({ id: 'f2', status: 'unknown', reason, region: 'us-east-1', resource });
    expect(fates(of(one()), of(elsewhere))).toEqual(['unknown', 'gone']);
  });

  test('is not judged where the later report did not ask for its control or its Region', () => {
    expect(fates(of(one()), reportOf([], [], [silentControl('vpc/one')]))).toEqual(['unjudged']);
    const after = { ...of(), regions: [Region.parse('us-east-1')] };
    expect(fates(of(one()), after)).toEqual(['unjudged']);
    expect(compare(of(one()), after).skipped).toEqual(['eu-west-1']);
  });
});

test('the most serious comes first, and what fails as it did is counted', () => {
  const low = one({ id: 'f3', severity: 'low' });
  const high = one({ id: 'f4' });
  const { differences, remaining } = compare(of(one(), low), of(low, high));
  expect(differences.map(({ fate, before, after }) => [fate, (after ?? before)?.id])).toEqual([
    ['new', 'f4'],
    ['mended', 'f1'],
  ]);
  expect(remaining).toBe(1);
});

test.each([
  {
    name: 'two accounts',
    account: { kind: 'known', value: { id: '210987654321', partition: 'aws', caller: 'arn' } },
    says: /111122223333 and of 210987654321/,
  },
  { name: 'an account that is not known', account: { kind: 'unknown', reason }, says: /does not say/ },
] as const)('$name cannot be compared', ({ account, says }) => {
  const after = { ...of(), account: Report.shape.account.parse(account) };
  expect(() => compare(of(), after)).toThrow(says);
});
