import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { finding, hostile, mixed, reportOf, silentControl } from '../../test/builders/report.ts';
import type { Report } from '../model/report.ts';
import { Severity } from '../model/severity.ts';
import { sarif } from './sarif.ts';

const isLog = (value: unknown): value is Log =>
  z.looseObject({ runs: z.array(z.unknown()).length(1) }).safeParse(value).success;

function runOf(report: Report): Run {
  const log: unknown = JSON.parse(sarif(report));
  if (!isLog(log) || log.runs[0] === undefined) throw new Error('This is no SARIF of one run.');
  return log.runs[0];
}

const resultsOf = (report: Report): Result[] => runOf(report).results ?? [];
const rulesOf = (report: Report): ReportingDescriptor[] => runOf(report).tool.driver.rules ?? [];
const alone = (given: Record<string, unknown>, file = 'shop.yaml'): Report => {
  const report = reportOf([finding({ control: 'vpc/one', ...given })], [silentControl('vpc/one')]);
  return { ...report, baseline: { ...report.baseline, file } };
};

/** What GitHub demands of a file (docs.github.com: SARIF support for code scanning), in the words of its tables. */
const Text = z.object({ text: z.string().min(1).max(1024) });
const level = z.enum(['note', 'warning', 'error']);
const Demanded = z.strictObject({
  $schema: z.literal('https://json.schemastore.org/sarif-2.1.0.json'),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.object({
      tool: z.object({
        driver: z.object({
          name: z.string().min(1),
          semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
          rules: z.array(
            z.object({
              id: z.string().min(1),
              name: z.string().max(255),
              shortDescription: Text,
              fullDescription: Text,
              help: z.object({ text: z.string().min(1), markdown: z.string().min(1) }),
              defaultConfiguration: z.object({ level }),
              properties: z.object({
                tags: z.array(z.string()).max(20),
                precision: z.enum(['very-high', 'high', 'medium', 'low']),
                'problem.severity': z.enum(['error', 'warning', 'recommendation']),
                'security-severity': z.string().regex(/^(\d\.\d|10\.0)$/),
              }),
            }),
          ),
        }),
      }),
      automationDetails: z.object({ id: z.string().regex(/\/$/) }),
      results: z.array(
        z.object({
          ruleId: z.string().min(1),
          level,
          message: Text,
          locations: z.tuple([
            z.object({
              physicalLocation: z.object({
                artifactLocation: z.object({ uri: z.string().min(1) }),
                region: z.object({ startLine: z.int().min(1) }),
              }),
            }),
          ]),
          partialFingerprints: z.object({ primaryLocationLineHash: z.string().min(1) }),
        }),
      ),
    }),
  ]),
});

test('has all that GitHub demands', () => {
  expect(Demanded.safeParse(JSON.parse(sarif(mixed()))).error?.issues).toBe(undefined);
});

test('each control is a rule, whether it was selected or not', () => {
  expect(rulesOf(mixed()).map(({ id, name }) => [id, name])).toEqual([
    ['vpc/one', 'VpcOne'],
    ['vpc/two', 'VpcTwo'],
  ]);
});

test('what fails is a result, and what somebody has accepted a suppressed one; nothing else is', () => {
  const told = resultsOf(mixed()).map(({ ruleIndex, partialFingerprints, suppressions }) => [
    ruleIndex,
    partialFingerprints?.primaryLocationLineHash,
    suppressions?.map(({ kind, status, justification }) => [kind, status, justification]),
  ]);
  expect(told).toEqual([
    [0, 'f1', []],
    [0, 'f2', [['external', 'accepted', 'until the new VPN (ops, until 2026-03-31)']]],
  ]);
});

test('a result says where, what was demanded and what is there', () => {
  expect(resultsOf(mixed())[0]?.message.text).toBe(
    `sg-0a1b2c3d4e5f60718 (backend) in eu-west-1: Rule sgr-1 allows tcp 22 from 0.0.0.0/0.
expected: nothing
actual: tcp 22 from 0.0.0.0/0
rules: sgr-1
row: one (derived)`,
  );
});

test('what is unknown is a notification for its rule', () => {
  expect(runOf(mixed()).invocations?.[0]?.toolExecutionNotifications).toEqual([
    {
      level: 'warning',
      message: {
        text: 'vpc/one could not be judged: ec2:DescribeVpcs was denied (AccessDenied); the permission ec2:DescribeVpcs is missing.',
      },
      associatedRule: { id: 'vpc/one', index: 0 },
    },
  ]);
});

test.each([
  { row: { id: 'one', origin: 'document' }, file: 'shop.yaml', uri: 'shop.yaml', line: 12 },
  { row: { id: 'other', origin: 'document' }, file: './shop.yaml', uri: 'shop.yaml', line: 1 },
  { row: undefined, file: 'our shop/a%b.yaml', uri: 'our%20shop/a%25b.yaml', line: 1 },
  { row: undefined, file: '/etc/shop.yaml', uri: 'file:///etc/shop.yaml', line: 1 },
  { row: undefined, file: 'config\\shop.yaml', uri: 'config/shop.yaml', line: 1 },
])('$row.id of $file is at $uri:$line', ({ row, file, uri, line }) => {
  const [result] = resultsOf(alone({ row }, file));
  expect(result?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri },
    region: { startLine: line },
  });
});

test('the resource is a logical location by its ARN', () => {
  expect(resultsOf(alone({}))[0]?.locations?.[0]?.logicalLocations).toEqual([
    {
      fullyQualifiedName: 'arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d4e5f60718',
      name: 'backend',
      kind: 'resource',
    },
  ]);
});

describe('GitHub ranks', () => {
  // "over 9.0 is critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low"; what is 0.0 has no rank.
  const ranked = { critical: [9.1, 10], high: [7, 8.9], medium: [4, 6.9], low: [0.1, 3.9], info: [0.1, 3.9] };
  test.each(Severity.options)('%s as it is', severity => {
    const report = reportOf([], [silentControl('vpc/one', severity)]);
    const score = Number(rulesOf(report)[0]?.properties?.['security-severity']);
    expect(score).toBeGreaterThanOrEqual(ranked[severity][0] ?? NaN);
    expect(score).toBeLessThanOrEqual(ranked[severity][1] ?? NaN);
  });
});

test('of more results than GitHub takes the worst are kept, and the rest is counted', () => {
  const one = finding({ control: 'vpc/one', severity: 'low' });
  const worst = finding({ control: 'vpc/one', severity: 'critical', key: 'worst' });
  const report = reportOf([], [silentControl('vpc/one')]);
  const run = runOf({ ...report, findings: [...Array.from({ length: 25_000 }, () => one), worst] });
  expect(run.results).toHaveLength(25_000);
  expect(run.results?.[0]?.level).toBe('error');
  expect(run.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
    '1 more findings fail: code scanning takes 25000.',
  ]);
});

test('a name can neither make a link nor steer a terminal', () => {
  const resource = { type: 'AWS::EC2::SecurityGroup', arn: 'arn:aws:ec2:::x', id: 'sg-1', name: hostile };
  const text = resultsOf(alone({ resource }))[0]?.message.text ?? '';
  expect(text).not.toMatch(/(?<!\\)\]\(/);
  expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
});
