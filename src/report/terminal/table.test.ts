import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { finding, reportOf, silentControl } from '../../../test/builders/report.ts';
import { denied } from '../../../test/builders/snapshot.ts';
import { SuppressionUse } from '../../model/report.ts';
import { lookOf } from '../look.ts';
import { widthOf } from '../text.ts';
import { table } from './table.ts';

const plain = { width: 80, colors: 0, unicode: true, all: false } as const;
const packet = { direction: 'ingress', family: 'ipv4', protocol: 'tcp', peer: '203.0.113.7', port: 22 };
const rows = silentControl('security-group/exact-rows');
const open = silentControl('security-group/open-to-the-internet-by-any-route', 'critical');
const flowLogs = silentControl('vpc/flow-logs', 'medium');

const many = reportOf(
  [
    ...Array.from({ length: 13 }, (_, index) =>
      finding({ control: rows.id, key: `${index}`, message: `Row ${index} is missing.` }),
    ),
    finding({
      control: open.id,
      severity: 'critical',
      message: 'Port 22 is open to the internet.',
      expected: 'nothing from outside the VPC',
      actual: `tcp 22 from ${Array.from({ length: 9 }, (_, index) => `203.0.${index}.0/24`).join(', ')}`,
      witness: packet,
      blame: ['sgr-0f00000000000001', 'sgr-0f00000000000002'],
      row: { id: 'backend-ingress', origin: 'derived' },
    }),
    finding({ control: flowLogs.id, status: 'unknown', reason: denied('ec2:DescribeFlowLogs') }),
    finding({ control: flowLogs.id, status: 'unknown', key: 'b', reason: denied('ec2:DescribeFlowLogs') }),
  ],
  [rows, open, flowLogs],
  [silentControl('vpc/left')],
);

describe('no line is wider than the terminal', () => {
  test.each([
    [80, true],
    [80, false],
    [120, true],
  ])('%i columns, Unicode: %s', (width, unicode) => {
    const lines = table(many, lookOf({ ...plain, width, unicode, all: true })).split('\n');
    expect(lines.filter(line => widthOf(line) > width)).toEqual([]);
  });
});

test('colours change nothing but the colour', () => {
  const coloured = table(many, lookOf({ ...plain, colors: 3 }));
  expect(coloured).not.toBe(table(many, lookOf(plain)));
  expect(stripVTControlCharacters(coloured)).toBe(table(many, lookOf(plain)));
});

test('without Unicode every character is ASCII', () => {
  expect(table(many, lookOf({ ...plain, unicode: false }))).toMatch(/^[\n\x20-\x7e]*$/);
});

test('the worst comes first', () => {
  const text = table(many, lookOf(plain));
  expect(text.indexOf(open.id)).toBeLessThan(text.indexOf(rows.id));
});

test.each([
  { all: false, shown: 10, more: '3 more findings' },
  { all: true, shown: 13, more: undefined },
])('of thirteen findings $shown are shown with all: $all', ({ all, shown, more }) => {
  const text = table(many, lookOf({ ...plain, all }));
  expect(text.match(/Row \d+ is missing/g)).toHaveLength(shown);
  expect(text.includes('more finding')).toBe(more !== undefined);
  expect(text).toContain(more ?? '');
});

test('a missing permission is told once, with the controls that want it', () => {
  const text = table(many, lookOf(plain));
  expect(text.match(/the permission ec2:DescribeFlowLogs/g)).toHaveLength(1);
  expect(text).toMatch(/unjudged {2}vpc\/flow-logs$/m);
});

test.each([
  { all: false, line: /unjudged {2}vpc\/c0, .*, vpc\/c5 … 2 more controls$/m },
  { all: true, line: /unjudged {2}vpc\/c0, .*, vpc\/c7$/m },
])('of eight controls that want it, all: $all shows so many', ({ all, line }) => {
  const controls = Array.from({ length: 8 }, (_, index) => silentControl(`vpc/c${index}`));
  const unknown = { status: 'unknown', reason: denied('ec2:DescribeVpcs') };
  const findings = controls.map(({ id }) => finding({ control: id, ...unknown }));
  expect(table(reportOf(findings, controls), lookOf({ ...plain, width: 120, all }))).toMatch(line);
});

test.each([
  { name: 'the witness packet in words', line: /packet {4}203\.0\.113\.7 → tcp 22$/m },
  { name: 'the rules to blame', line: /rules {5}sgr-0f00000000000001, sgr-0f00000000000002$/m },
  { name: 'that a row is derived', line: /row {7}backend-ingress \(derived\)$/m },
  {
    name: 'how much was evaluated',
    line: /evaluated 2 of 4 controls \(1 not at all, 1 not selected\)$/m,
  },
  {
    name: 'the next step',
    line: /^Next: securecart explain security-group\/open-to-the-internet-by-any-route$/m,
  },
])('it says $name', ({ line }) => {
  expect(table(many, lookOf(plain))).toMatch(line);
});

test.each([
  { name: 'a whole audit', left: [], told: true },
  { name: 'some controls', left: [silentControl('vpc/left')], told: false },
])('the sections that nobody looks at are told of $name: $told', ({ left, told }) => {
  const text = table(reportOf([], [rows], left), lookOf(plain));
  expect(/^not looked at, .*shield/ms.test(text)).toBe(told);
});

test('no line ends in blanks', () => {
  const nowhere = finding({ control: rows.id, region: undefined });
  expect(table(reportOf([nowhere], [rows]), lookOf(plain))).not.toMatch(/ $/m);
});

test('a name from the account cannot steer the terminal', () => {
  const resource = { type: 't', arn: 'a', id: 'sg-1', name: 'x\u001b[2J' };
  const text = table(reportOf([finding({ control: rows.id, resource })], [rows]), lookOf(plain));
  expect(text).toContain('sg-1 (x\\u001b[2J)');
});

test('the commands of a runbook are shown whole, one on a line, and cannot steer the terminal', () => {
  const runbook = ['# First stop.', `aws ec2 stop-instances --instance-ids ${'i-0 '.repeat(30)}\u001b[2J`];
  const text = table(reportOf([finding({ control: open.id, runbook })], [open]), lookOf(plain));
  const lines = text.split('\n');
  expect(lines).toContain('      # First stop.');
  expect(lines).toContain(`      aws ec2 stop-instances --instance-ids ${'i-0 '.repeat(30)}\\u001b[2J`);
});

describe('suppressions', () => {
  const given = { control: open.id, reason: 'a bastion', owner: 'platform', expires: '2026-03-31' };
  const suppression = (id: string, state: string, findings: number) =>
    SuppressionUse.parse({ ...given, id, state, findings });
  const { control: _, ...mark } = { ...given, by: 'bastion' };
  const text = table(
    reportOf(
      [finding({ control: open.id, suppressed: mark }), finding({ control: rows.id })],
      [open, rows],
      [],
      [
        suppression('bastion', 'in-force', 1),
        suppression('lab', 'unused', 0),
        suppression('launch', 'expired', 2),
        suppression('other', 'not-judged', 0),
      ],
    ),
    lookOf({ ...plain, width: 200 }),
  );

  test.each([
    {
      name: 'one in force, with what it accepts',
      line: 'bastion: 1 finding of .* until 2026-03-31, by platform: a bastion',
    },
    { name: 'one that is unused', line: 'lab is unused \\(platform\\): .* drop it' },
    {
      name: 'one that has expired',
      line: 'launch has expired on 2026-03-31 .* 2 findings of .* count again',
    },
    { name: 'how many of the fails are accepted', line: '2 fail, 1 of them suppressed' },
  ])('the report tells $name', ({ line }) => {
    expect(text).toMatch(new RegExp(line));
  });

  test('the report says nothing of one that was not judged, and lists no accepted finding as failing', () => {
    expect(text).not.toContain('other');
    expect(text).not.toMatch(new RegExp(`^CRITICAL ${open.id}|^HIGH ${open.id}`, 'm'));
  });
});
