import { describe, expect, test } from 'vitest';
import { SecureCartError } from '../model/error.ts';
import { readSnapshot } from './read-snapshot.ts';
import { Snapshot } from './snapshot.ts';
import { writeSnapshot } from './write-snapshot.ts';

const snapshot = Snapshot.parse({
  schemaVersion: 1,
  tool: { name: 'securecart', version: '1.2.3' },
  takenAt: '2026-01-02T03:04:05.000Z',
  account: { kind: 'unknown', reason: { kind: 'timeout', call: 'sts:GetCallerIdentity' } },
  global: {},
  regions: {
    'eu-west-1': {
      'ec2.vpcs': {
        kind: 'known',
        value: ['vpc-a', 'vpc-b'].map(id => ({
          id,
          owner: '123456789012',
          isDefault: false,
          cidrs: ['10.0.0.0/16'],
          ipv6Cidrs: [],
          tags: { Name: 'shop' },
        })),
      },
      'ec2.flowLogs': { kind: 'known', value: [] },
    },
  },
  skippedRegions: [],
  calls: { made: 3, throttled: 0 },
});
const text = writeSnapshot(snapshot);

/** What is said of a broken file, each with the text that begins where it points. */
function problemsOf(broken: string): { at: string; message: string }[] {
  try {
    readSnapshot(broken, 'account.json');
  } catch (error) {
    if (!(error instanceof SecureCartError)) throw error;
    return error.problems.map(({ file, line, column, message }) => {
      expect(file).toBe('account.json');
      return { at: broken.split('\n')[line - 1]?.slice(column - 1) ?? '', message };
    });
  }
  throw new Error('The snapshot was accepted.');
}

describe('a snapshot file', () => {
  test('reads back as it was, and writes the same bytes again', () => {
    expect(readSnapshot(text, 'account.json')).toEqual(snapshot);
    expect(writeSnapshot(readSnapshot(text, 'account.json'))).toBe(text);
  });

  test('is the same whatever the order in which the facts came', () => {
    const facts = Object.entries(snapshot.regions).map(([region, of]) => [
      region,
      Object.fromEntries(Object.entries(of).reverse()),
    ]);
    expect(writeSnapshot({ ...snapshot, regions: Object.fromEntries(facts) })).toBe(text);
  });

  test('has a line for each object that was read', () => {
    expect(text.split('\n').filter(line => line.includes('"id":"vpc-'))).toHaveLength(2);
  });

  test('may begin with a byte order mark', () => {
    expect(readSnapshot(`\uFEFF${text}`, 'account.json')).toEqual(snapshot);
  });
});

describe('a bad snapshot is refused with the place of each problem', () => {
  const noSnapshot = 'This is no snapshot: the number `schemaVersion` is missing.';
  const notJson = 'From here on this is not JSON; the file may have been cut off or edited.';
  const cases: { name: string; broken: string; problems: { at: RegExp; message: string }[] }[] = [
    {
      name: 'every problem at once',
      broken: text.replace('"isDefault":false', '"isDefault":"no"').replace('"id":"vpc-b",', ''),
      problems: [
        {
          at: /^"no"/,
          message:
            '`regions.eu-west-1.ec2.vpcs.value.0.isDefault` is "no": Invalid input: expected boolean, received string.',
        },
        {
          at: /^{"owner":.*}$/,
          message: '`regions.eu-west-1.ec2.vpcs.value.1.id` is missing.',
        },
      ],
    },
    {
      name: 'a key that is not known',
      broken: text.replace('"kind": "timeout"', '"kind": "timeout", "why": 1'),
      problems: [{ at: /^1$/, message: '`account.reason.why` is not a key that a snapshot has here.' }],
    },
    {
      name: 'a fact that is not known',
      broken: text.replace('ec2.flowLogs', 'ec2.flowlogs'),
      problems: [
        {
          at: /^{$/,
          message: '`regions.eu-west-1.ec2.flowlogs` is not a key that a snapshot has here.',
        },
      ],
    },
    {
      name: 'a file that was cut off',
      broken: text.slice(0, text.indexOf('"takenAt"')),
      problems: [{ at: /^$/, message: notJson }],
    },
    {
      name: 'a comma too many',
      broken: '{\n  "schemaVersion": 1,\n}',
      problems: [{ at: /^}$/, message: notJson }],
    },
    {
      name: 'another thing',
      broken: '[]',
      problems: [{ at: /^\[]$/, message: noSnapshot }],
    },
    {
      name: 'an object of another thing',
      broken: '{ "name": "shop", "version": "1.0.0" }',
      problems: [{ at: /^{/, message: noSnapshot }],
    },
    { name: 'nothing', broken: '', problems: [{ at: /^$/, message: notJson }] },
  ];
  test.each(cases)('$name', ({ broken, problems }) => {
    const found = problemsOf(broken);
    expect(found.map(({ message }) => message)).toEqual(problems.map(({ message }) => message));
    for (const [index, { at }] of problems.entries()) expect(found[index]?.at).toMatch(at);
  });

  test('of very many, the first are told, and the number of the rest', () => {
    const skippedRegions = Array.from({ length: 1000 }, () => 1);
    const problems = problemsOf(JSON.stringify({ ...snapshot, skippedRegions }));
    expect(problems).toHaveLength(51);
    expect(problems.at(-1)?.message).toContain('and 950 more problems');
  });

  test.each([
    { schemaVersion: 2, suggestion: 'newer' },
    { schemaVersion: 0, suggestion: 'Make the snapshot again' },
  ])('of version $schemaVersion: $suggestion', ({ schemaVersion, suggestion }) => {
    const other = JSON.stringify({ schemaVersion, whatever: true });
    expect(() => readSnapshot(other, 'account.json')).toThrow(
      expect.objectContaining({ code: 'snapshot-version', suggestion: expect.stringContaining(suggestion) }),
    );
  });
});
