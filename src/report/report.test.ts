import { expect, test } from 'vitest';
import { finding, reportOf, silentControl } from '../../test/builders/report.ts';
import { denied } from '../../test/builders/snapshot.ts';

const unknown = { status: 'unknown', reason: denied('ec2:DescribeVpcs') };

test.each([
  {
    name: 'all is judged',
    statuses: [{ status: 'pass' }, { status: 'fail' }],
    evaluated: 'full',
    reasons: 0,
  },
  {
    name: 'nothing is there to judge',
    statuses: [{ status: 'not-applicable' }],
    evaluated: 'full',
    reasons: 0,
  },
  {
    name: 'some is unknown',
    statuses: [{ status: 'pass' }, unknown, unknown],
    evaluated: 'part',
    reasons: 1,
  },
  {
    name: 'all is unknown, for two reasons',
    statuses: [unknown, { status: 'unknown', reason: denied('ec2:DescribeSubnets') }],
    evaluated: 'none',
    reasons: 2,
  },
])('a control of which $name is evaluated: $evaluated', ({ statuses, evaluated, reasons }) => {
  const control = silentControl('vpc/one');
  const { coverage } = reportOf(
    statuses.map(status => finding({ control: 'vpc/one', ...status })),
    [control],
  );
  expect(coverage.controls.map(({ evaluated }) => evaluated)).toEqual([evaluated]);
  expect(coverage.controls[0]?.reasons).toHaveLength(reasons);
  expect(coverage.evaluated).toBe(evaluated === 'full' ? 1 : 0);
});

test('a control that was left out is in the report, and not counted as evaluated', () => {
  const { coverage } = reportOf([], [silentControl('vpc/one')], [silentControl('vpc/two')]);
  expect(coverage).toMatchObject({
    evaluated: 1,
    total: 2,
    controls: [
      { id: 'vpc/one', evaluated: 'full' },
      { id: 'vpc/two', evaluated: 'not-selected' },
    ],
  });
});

test('findings are counted by system, status and severity', () => {
  const { summary } = reportOf(
    [
      finding({ control: 'network-acl/one', severity: 'critical' }),
      finding({ control: 'vpc/one', severity: 'low' }),
      finding({ control: 'vpc/one', severity: 'low', key: 'other' }),
      finding({ control: 'vpc/two', status: 'pass', severity: 'critical' }),
    ],
    [silentControl('network-acl/one'), silentControl('vpc/one'), silentControl('vpc/two')],
  );
  const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  expect(summary).toEqual({
    status: { pass: 1, fail: 3, unknown: 0, 'not-applicable': 0 },
    failing: { ...none, critical: 1, low: 2 },
    suppressed: 0,
    systems: [
      {
        system: 'network-acl',
        status: { pass: 0, fail: 1, unknown: 0, 'not-applicable': 0 },
        failing: { ...none, critical: 1 },
      },
      {
        system: 'vpc',
        status: { pass: 1, fail: 2, unknown: 0, 'not-applicable': 0 },
        failing: { ...none, low: 2 },
      },
    ],
  });
});
