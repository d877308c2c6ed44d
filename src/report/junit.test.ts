import { expect, test } from 'vitest';
import { convert } from 'xmlbuilder2';
import { z } from 'zod';
import { accepted, finding, hostile, mixed, reportOf, silentControl } from '../../test/builders/report.ts';
import { denied } from '../../test/builders/snapshot.ts';
import type { Report } from '../model/report.ts';
import { junit } from './junit.ts';

/** What Jenkins's schema of a JUnit file (jenkinsci/xunit-plugin, junit-10.xsd) lets in, as far as a report goes. */
const count = z.string().regex(/^\d+$/);
const Counts = { '@tests': count, '@failures': count, '@errors': count, '@skipped': count };
const Told = z.strictObject({ '@message': z.string(), '@type': z.string(), '#': z.string() });
const Case = z.strictObject({
  '@classname': z.string(),
  '@name': z.string(),
  '@time': z.string(),
  failure: Told.optional(),
  error: Told.optional(),
  skipped: z.strictObject({ '@message': z.string() }).optional(),
});
const Property = z.strictObject({ '@name': z.string(), '@value': z.string() });
const Suite = z.strictObject({
  '@name': z.string(),
  ...Counts,
  '@timestamp': z.iso.datetime(),
  properties: z.strictObject({ property: z.array(Property) }),
  testcase: z.union([z.array(Case), Case.transform(one => [one])]),
});
const Document = z.strictObject({
  testsuites: z.strictObject({
    '@name': z.string(),
    ...Counts,
    testsuite: z.union([z.array(Suite), Suite.transform(one => [one])]),
  }),
});

const suitesOf = (report: Report) =>
  Document.parse(convert(junit(report), { format: 'object' })).testsuites.testsuite;
const arn = 'arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d4e5f60718';
const of = (...given: Record<string, unknown>[]): Report =>
  reportOf(
    given.map((one, index) => finding({ control: 'vpc/one', key: String(index), ...one })),
    [silentControl('vpc/one')],
  );

test('a system is a suite, and what fails weighs more in a case than what is unknown, accepted or sound', () => {
  const [suite] = suitesOf(mixed());
  expect(suite).toMatchObject({
    '@name': 'vpc',
    '@tests': '1',
    '@failures': '1',
    '@errors': '0',
    '@skipped': '0',
  });
  expect(suite?.testcase).toEqual([
    {
      '@classname': 'vpc.one',
      '@name': `vpc/one ${arn}`,
      '@time': '0',
      failure: {
        '@message': 'Rule sgr-1 allows tcp 22 from 0.0.0.0/0.',
        '@type': 'high',
        '#': [
          'sg-0a1b2c3d4e5f60718 (backend) in eu-west-1: Rule sgr-1 allows tcp 22 from 0.0.0.0/0.',
          'expected: nothing',
          'actual: tcp 22 from 0.0.0.0/0',
          'rules: sgr-1',
          'row: one (derived)',
        ].join('\n'),
      },
    },
  ]);
});

const reason = denied('ec2:DescribeVpcs');
test.each([
  { name: 'what passes', given: { status: 'pass' }, element: undefined, says: undefined },
  { name: 'what fails', given: {}, element: 'failure', says: 'It differs.' },
  {
    name: 'what is unknown',
    given: { status: 'unknown', reason },
    element: 'error',
    says: /^Unknown, since ec2:DescribeVpcs was denied \(AccessDenied\); the permission .* is missing\.$/,
  },
  {
    name: 'what somebody has accepted',
    given: accepted,
    element: 'skipped',
    says: 'Suppressed until 2026-03-31, by ops: until the new VPN',
  },
  {
    name: 'what does not apply',
    given: { status: 'not-applicable' },
    element: 'skipped',
    says: 'It differs.',
  },
] as const)('$name is told by: $element', ({ given, element, says }) => {
  const [suite] = suitesOf(of(given));
  const [told] = suite?.testcase ?? [];
  expect(Object.keys(told ?? {}).filter(key => !key.startsWith('@'))).toEqual(element ? [element] : []);
  if (element !== undefined) expect(told?.[element]?.['@message']).toMatch(says);
});

test('a case tells all that fails on its resource, and what lies elsewhere is another case', () => {
  const [suite] = suitesOf(
    of({ message: 'First.' }, { message: 'Second.' }, { region: 'us-east-1', message: 'Third.' }),
  );
  expect(suite?.testcase.map(({ failure }) => failure?.['#'].match(/\w+\.$/gm))).toEqual([
    ['First.', 'Second.'],
    ['Third.'],
  ]);
});

test('whatever a name holds, it is XML, and nothing in it steers a terminal', () => {
  const resource = { type: 'AWS::EC2::SecurityGroup', arn, id: 'sg-1', name: `${hostile}\uD800\uFFFE` };
  const [suite] = suitesOf(of({ resource }));
  const text = suite?.testcase[0]?.failure?.['#'] ?? '';
  expect(text).toContain('&lt;img src=x&gt;\\u000a@octocat');
  expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}\uD800\uFFFE]/u);
});
