import { describe, expect, test } from 'vitest';
import { finding } from '../../test/builders/report.ts';
import { denied } from '../../test/builders/snapshot.ts';
import { Suppression } from '../model/baseline/suppression.ts';
import { ControlId } from '../model/identifiers.ts';
import { suppress } from './suppress.ts';

const group = 'arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d4e5f60718';
const ssh = ControlId.parse('security-group/remote-administration');
const logs = ControlId.parse('vpc/flow-logs');
const catalogue = [ssh, logs];

const bastion = (given: Record<string, unknown> = {}): Suppression =>
  Suppression.parse({
    id: 'bastion',
    control: ssh,
    reason: 'Until the session manager is there.',
    owner: 'platform',
    expires: '2026-03-31',
    ...given,
  });

const judged = {
  takenAt: '2026-03-31T23:59:59Z',
  regions: ['eu-west-1'],
  catalogue,
  selected: new Set(catalogue),
};

const failing = finding({ control: ssh });

interface Case {
  readonly given?: Record<string, unknown>;
  readonly finding?: Record<string, unknown>;
  readonly judged?: Partial<typeof judged>;
  readonly accepts: boolean;
  readonly state: string;
}

const cases: Record<string, Case> = {
  'a control of that name': { accepts: true, state: 'in-force' },
  'a glob of controls': { given: { control: 'security-group/*' }, accepts: true, state: 'in-force' },
  'another control': { given: { control: logs }, accepts: false, state: 'unused' },
  'the resource': { given: { resource: group }, accepts: true, state: 'in-force' },
  'a glob of resources': {
    given: { resource: '*:security-group/sg-0a1b*' },
    accepts: true,
    state: 'in-force',
  },
  'another resource': { given: { resource: `${group}0` }, accepts: false, state: 'unused' },
  'the Region': { given: { region: 'eu-west-1' }, accepts: true, state: 'in-force' },
  'another Region, which was not read': {
    given: { region: 'us-east-1' },
    accepts: false,
    state: 'not-judged',
  },
  'a resource of a Region that was not read': {
    given: { resource: group.replace('eu-west-1', 'us-east-1') },
    accepts: false,
    state: 'not-judged',
  },
  'what passes': { finding: { status: 'pass' }, accepts: false, state: 'unused' },
  'what is not known': {
    finding: { status: 'unknown', reason: denied('ec2:DescribeVpcs') },
    accepts: false,
    state: 'not-judged',
  },
  'what nobody evaluated': {
    finding: { control: logs },
    judged: { selected: new Set([logs]) },
    accepts: false,
    state: 'not-judged',
  },
  'what was accepted until yesterday': {
    judged: { takenAt: '2026-04-01T00:00:00Z' },
    accepts: false,
    state: 'expired',
  },
};

describe.each(Object.entries(cases))('a suppression of %s', (_, { given, accepts, state, ...more }) => {
  const told = suppress([finding({ control: ssh, ...more.finding })], [bastion(given)], {
    ...judged,
    ...more.judged,
  });

  test(accepts ? 'marks the finding, which fails still' : 'marks nothing', () => {
    const { id: by, reason, owner, expires } = bastion(given);
    const mark = accepts ? { by, reason, owner, expires } : undefined;
    expect(told.findings.map(({ suppressed }) => suppressed)).toEqual([mark]);
    expect(told.findings[0]?.status).toBe(more.finding?.status ?? 'fail');
  });

  test(`is ${state}`, () => {
    expect(told.suppressions).toMatchObject([{ id: 'bastion', state }]);
  });
});

test('one that has expired says how much counts again', () => {
  const late = { ...judged, takenAt: '2027-01-01T00:00:00Z' };
  expect(suppress([failing], [bastion()], late).suppressions).toMatchObject([{ findings: 1 }]);
});

test('the first of two marks a finding, and both are in force', () => {
  const { findings, suppressions } = suppress(
    [failing],
    [bastion(), bastion({ id: 'second', control: 'security-group/*' })],
    judged,
  );
  expect(findings[0]?.suppressed?.by).toBe('bastion');
  expect(suppressions.map(({ state }) => state)).toEqual(['in-force', 'in-force']);
});
