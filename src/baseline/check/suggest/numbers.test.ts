import { describe, expect, test } from 'vitest';
import { NetworkAclRow } from '../../../model/baseline/row.ts';
import { numbersFor } from './numbers.ts';

const row = (number: number, ports: (number | string)[], action = 'allow') =>
  NetworkAclRow.parse({
    id: `row-${number}`,
    purpose: 'A trial.',
    origin: 'derived',
    tier: 'public',
    direction: 'inbound',
    number,
    action,
    protocol: 'tcp',
    ports,
    peer: { network: 'internet' },
  });

const web = row(100, [80, 443]);
const rest = row(110, ['0-65535'], 'deny');

describe('numbers', () => {
  test.each([
    ['nothing stops them: at the end, in steps of ten', [web], [1, 1], [110, 120]],
    ['a row stops them: after the one before it', [web, rest], [1, 1], [102, 103]],
    ['a row takes as many as it has ranges', [web, rest], [3, 1], [102, 105]],
    ['no row before the one that stops them', [rest], [1], [100]],
    ['the gap before it is too small', [row(99, [1]), row(108, [80, 443]), rest], [1, 1], [1, 2]],
    ['a gap that is not at the start', [row(1, [80]), row(3, [443]), row(5, [22], 'deny')], [1], [4]],
    ['there is no room', [row(1, [80]), row(2, [443]), row(3, [22], 'deny')], [1], undefined],
  ])('%s', (_, rows, sizes, numbers) => {
    const stoppedBy = rows.filter(({ action }) => action === 'deny').map(({ id }) => id);
    expect(
      numbersFor(
        rows,
        sizes.map(entries => ({ entries, stoppedBy })),
      ),
    ).toEqual(numbers);
  });

  test('each comes before the rows that stop it, and need not before those that stop another', () => {
    const vpc = row(216, ['1024-65535'], 'deny');
    const all = row(220, ['0-65535'], 'deny');
    const items = [
      { entries: 1, stoppedBy: [vpc.id] },
      { entries: 1, stoppedBy: [all.id] },
    ];
    expect(numbersFor([row(212, [443]), vpc, all], items)).toEqual([213, 217]);
  });
});
