import { expect, test } from 'vitest';
import { accepted, finding, hostile, mixed, reportOf, silentControl } from '../../test/builders/report.ts';
import { csv } from './csv.ts';

/** The cells of a CSV file as RFC 4180 has them: quoted where they hold a comma, a quote or a line break. */
const cellsOf = (text: string): string[][] =>
  text
    .split('\r\n')
    .slice(0, -1)
    .map(line => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)])
    .map(cells => cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ''));

const recordsOf = (text: string): Record<string, string>[] => {
  const [heads = [], ...rows] = cellsOf(text);
  return rows.map(row => Object.fromEntries(heads.map((head, column) => [head, row[column] ?? ''])));
};

test('each finding is a line, whatever its status', () => {
  const { findings } = mixed();
  expect(recordsOf(csv(mixed())).map(({ id, status }) => [id, status])).toEqual(
    findings.map(({ id, status }) => [id, status]),
  );
});

test('a line says all that there is to filter by', () => {
  expect(recordsOf(csv(mixed()))[0]).toMatchObject({
    status: 'fail',
    severity: 'high',
    system: 'vpc',
    control: 'vpc/one',
    title: 'What vpc/one demands',
    account: '123456789012',
    region: 'eu-west-1',
    resource_type: 'AWS::EC2::SecurityGroup',
    resource_name: 'backend',
    message: 'Rule sgr-1 allows tcp 22 from 0.0.0.0/0.',
    expected: 'nothing',
    rules: 'sgr-1',
    row: 'one',
    row_origin: 'derived',
  });
});

test('what somebody has accepted says by which suppression, and until when', () => {
  const report = reportOf([finding({ control: 'vpc/one', ...accepted })], [silentControl('vpc/one')]);
  expect(recordsOf(csv(report))[0]).toMatchObject({
    suppressed_by: 'bastion',
    suppressed_until: '2026-03-31',
  });
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("https://evil.example","x")'])(
  'no spreadsheet computes a name such as %j',
  name => {
    const resource = { type: 'AWS::EC2::SecurityGroup', arn: 'arn:aws:ec2:::x', id: 'sg-1', name };
    const report = reportOf([finding({ control: 'vpc/one', resource })], [silentControl('vpc/one')]);
    expect(recordsOf(csv(report))[0]?.resource_name).not.toMatch(/^[=+\-@\t\r]/);
  },
);

test('a name stays in its cell, and steers no terminal', () => {
  const resource = { type: 'AWS::EC2::SecurityGroup', arn: 'arn:aws:ec2:::x', id: 'sg-1', name: hostile };
  const report = reportOf([finding({ control: 'vpc/one', resource })], [silentControl('vpc/one')]);
  expect(csv(report).split('\r\n')).toHaveLength(3);
  expect(csv(report).replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
});
