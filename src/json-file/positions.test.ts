import { describe, expect, test } from 'vitest';
import { positionsOf } from './positions.ts';

describe('a place in JSON', () => {
  const json = '{"a": [1, {"b\\u0041": null}],\n "c": {"d": "x\\"}"}, "e": -1.5e3}';
  const cases: { path: (string | number)[]; line: number; column: number }[] = [
    { path: [], line: 1, column: 1 },
    { path: ['a', 1, 'bA'], line: 1, column: 23 },
    { path: ['c', 'd'], line: 2, column: 13 },
    { path: ['e'], line: 2, column: 27 },
    { path: ['a', 7], line: 1, column: 7 },
    { path: ['nowhere', 'at', 'all'], line: 1, column: 1 },
  ];
  test.each(cases)('$path is at $line:$column', ({ path, line, column }) => {
    expect(positionsOf(json, [path])).toEqual([{ line, column }]);
  });
});
