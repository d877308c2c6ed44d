import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count } from '../model/count.ts';
import { hang, printable, widthOf, wrap } from './text.ts';

describe('wrap', () => {
  test.each([
    { name: 'keeps what fits', text: 'tcp 22 from 0.0.0.0/0', width: 21, lines: ['tcp 22 from 0.0.0.0/0'] },
    {
      name: 'parts at blanks',
      text: 'tcp 22 from 0.0.0.0/0',
      width: 12,
      lines: ['tcp 22 from', '0.0.0.0/0'],
    },
    {
      name: 'leaves a word whole that no line holds',
      text: 'on arn:aws:s3:::shop by all',
      width: 8,
      lines: ['on', 'arn:aws:s3:::shop', 'by all'],
    },
    { name: 'counts wide characters as two', text: '売り場 店', width: 6, lines: ['売り場', '店'] },
    { name: 'gives nothing one line', text: '', width: 5, lines: [''] },
  ])('$name', ({ text, width, lines }) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('loses nothing, and exceeds the width by whole words only', () => {
    const word = fc.string({ unit: fc.constantFrom('a', '-', '/', '売', 'é'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 2, max: 40 }), (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.join(' ')).toBe(words.join(' '));
        expect(lines.filter(line => widthOf(line) > width && line.includes(' '))).toEqual([]);
      }),
    );
  });
});

test('text goes on below the end of its label', () => {
  expect(hang('expected  ', 'nothing from anywhere but the load balancer', 40)).toEqual([
    'expected  nothing from anywhere but the',
    '          load balancer',
  ]);
});

test.each([
  { name: 'a colour', text: 'a\u001b[31mb', shown: 'a\\u001b[31mb' },
  { name: 'a line break', text: 'a\nb', shown: 'a\\u000ab' },
  { name: 'C1', text: 'a\u009bb', shown: 'a\\u009bb' },
  { name: 'a turn of direction', text: 'a\u202eb', shown: 'a\\u202eb' },
  { name: 'letters of any script', text: 'ça 店', shown: 'ça 店' },
])('$name in a name from the account cannot steer the terminal', ({ text, shown }) => {
  expect(printable(text)).toBe(shown);
});

test('nouns are counted', () => {
  expect([0, 1, 2].map(amount => count(amount, 'call'))).toEqual(['0 calls', '1 call', '2 calls']);
});
