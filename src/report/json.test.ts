import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { finding, reportOf, silentControl } from '../../test/builders/report.ts';
import { denied } from '../../test/builders/snapshot.ts';
import { Report } from '../model/report.ts';
import { json } from './json.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/report.json', import.meta.url), 'utf8'));
const isReport = new Ajv2020({ strict: false, formats: { date: true, 'date-time': true } }).compile(schema);

const full = reportOf(
  [
    finding({
      control: 'vpc/one',
      expected: 'nothing',
      actual: 'tcp 22 from 0.0.0.0/0',
      witness: { direction: 'ingress', family: 'ipv4', protocol: 'tcp', peer: '203.0.113.7', port: 22 },
      row: { id: 'one', origin: 'derived' },
      blame: ['sgr-1'],
    }),
    finding({ control: 'vpc/one', key: 'two', status: 'unknown', reason: denied('ec2:DescribeVpcs') }),
  ],
  [silentControl('vpc/one')],
  [silentControl('vpc/two')],
);

test('a report in JSON meets the schema that is shipped', () => {
  expect(isReport(JSON.parse(json(full))), JSON.stringify(isReport.errors)).toBe(true);
});

test.each([
  {
    name: 'a status that there is not',
    report: json(full).replace('"status": "fail"', '"status": "failed"'),
  },
  { name: 'a key that there is not', report: json(full).replace('"takenAt"', '"time": 1, "takenAt"') },
  { name: 'no findings', report: json({ ...full, findings: [] }).replace('"findings"', '"results"') },
])('the schema refuses $name', ({ report }) => {
  expect(isReport(JSON.parse(report))).toBe(false);
});

test('what is written reads back the same, and the same report gives the same bytes', () => {
  const text = json(full);
  expect(json(Report.parse(JSON.parse(text)))).toBe(text);
});
