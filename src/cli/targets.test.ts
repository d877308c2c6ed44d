import { describe, expect, test } from 'vitest';
import { collectTarget, resolveTargets } from './targets.ts';

describe('where the forms of a report go', () => {
  test.each([
    { name: 'a table to standard output', formats: [], to: [{ format: 'table' }] },
    { name: 'one form to standard output', formats: ['json'], to: [{ format: 'json' }] },
    { name: 'a form to its file', formats: ['json=a.json'], to: [{ format: 'json', file: 'a.json' }] },
    {
      name: 'a file with = in its name',
      formats: ['json=a=b.json'],
      to: [{ format: 'json', file: 'a=b.json' }],
    },
    { name: 'the table to --output', formats: [], output: 'a.txt', to: [{ format: 'table', file: 'a.txt' }] },
    {
      name: 'the form without a file to --output',
      formats: ['table', 'json=a.json'],
      output: 'a.txt',
      to: [
        { format: 'table', file: 'a.txt' },
        { format: 'json', file: 'a.json' },
      ],
    },
  ])('$name', ({ formats, output, to }) => {
    expect(resolveTargets(collected(formats), output)).toEqual(to);
  });

  test.each([
    { name: 'two forms in one place', formats: ['table', 'json'], says: /Both table and json/ },
    { name: 'a file for nothing', formats: ['json=a.json'], output: 'b.json', says: /nothing to hold/ },
    { name: 'two forms in one file', formats: ['table=a', 'json=a'], says: /Two formats .* a\./ },
    { name: 'an unknown form', formats: ['jsn'], says: /The formats are table, json, / },
    { name: 'a file without a name', formats: ['json='], says: /Name a file after the =/ },
  ])('refuses $name', ({ formats, output, says }) => {
    expect(() => resolveTargets(collected(formats), output)).toThrow(says);
  });
});

const collected = (formats: readonly string[]) =>
  formats.reduce<ReturnType<typeof collectTarget>>((before, text) => collectTarget(text, before), []);
