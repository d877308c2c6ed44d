import { expect, test } from 'vitest';
import { finding } from '../../test/builders/report.ts';
import { RowId } from '../model/identifiers.ts';
import { verdict, verdictOfComparison, verdictOfRun } from './verdict.ts';

const low = { status: 'fail', severity: 'low' } as const;
const high = { status: 'fail', severity: 'high' } as const;
const suppressed = {
  ...high,
  suppressed: { by: RowId.parse('bastion'), reason: 'r', owner: 'o', expires: '2026-03-31' },
} as const;
const pass = { status: 'pass', severity: 'critical' } as const;
const away = { status: 'not-applicable', severity: 'critical' } as const;
const unknown = { status: 'unknown', severity: 'critical' } as const;

test.each([
  { name: 'no finding fails', findings: [pass, away], code: 0 },
  { name: 'any finding fails', findings: [pass, low], code: 1 },
  { name: 'one fails at the threshold', findings: [high], failOn: 'high', code: 1 },
  { name: 'one fails above it', findings: [high], failOn: 'medium', code: 1 },
  { name: 'all fail below it', findings: [low], failOn: 'high', code: 0 },
  { name: 'all that fails is suppressed', findings: [pass, suppressed], code: 0 },
  { name: 'something fails beside what is suppressed', findings: [suppressed, low], code: 1 },
  { name: 'something is unknown', findings: [pass, unknown], code: 3 },
  { name: 'the account is unknown', findings: [pass], account: 'unknown', code: 3 },
  { name: 'a fail outweighs what is unknown', findings: [unknown, low], code: 1 },
  {
    name: 'what fails below the threshold does not hide what is unknown',
    findings: [low, unknown],
    failOn: 'high',
    code: 3,
  },
  { name: 'unknown is allowed', findings: [pass, unknown], allowUnknown: true, code: 0 },
  { name: 'unknown is allowed, and one fails', findings: [unknown, low], allowUnknown: true, code: 1 },
] as const)('$code where $name', ({ findings, code, account, ...options }) => {
  expect(
    verdict(
      { account: { kind: account ?? 'known' }, findings },
      { failOn: 'info', allowUnknown: false, ...options },
    ),
  ).toBe(code);
});

const ended = { failures: [], interrupted: false, done: [], notFixed: [], gaps: [] };

test.each([
  { name: 'was refused the first call', kind: 'failed', code: 2 },
  { name: 'found the first object changed', kind: 'moved', code: 3 },
  { name: 'does not know what became of the first call', kind: 'unknown', code: 4 },
  { name: 'began to create something that AWS gave up', kind: 'given-up', code: 4 },
] as const)('$code where a run $name', ({ kind, code }) => {
  expect(verdictOfRun({ ...ended, failures: [{ kind, change: 'a/create', detail: 'said AWS' }] })).toBe(code);
});

test.each([
  { name: 'nothing is otherwise', fates: [], code: 0 },
  { name: 'something new fails', fates: ['mended', 'new'], code: 1 },
  { name: 'something got that severe', fates: ['worse'], code: 1 },
  { name: 'what fails is below the threshold', fates: ['new'], failOn: 'critical', code: 0 },
  { name: 'something is not known any more', fates: ['unknown'], code: 3 },
  { name: 'nobody asked any more', fates: ['unjudged'], code: 3 },
  { name: 'nobody minds what is unknown', fates: ['unknown'], allowUnknown: true, code: 0 },
  {
    name: 'all of it is for the better, or as bad',
    fates: ['changed', 'accepted', 'mended', 'gone'],
    code: 0,
  },
] as const)('$code where $name', ({ fates, code, ...options }) => {
  const differences = fates.map(fate => ({ fate, after: finding({ control: 'vpc/one' }) }));
  const asked = { failOn: 'info', allowUnknown: false, ...options } as const;
  expect(verdictOfComparison({ differences }, asked)).toBe(code);
});
