import { expect, test } from 'vitest';
import type { Statement } from '../../services/wafv2/facts.ts';
import { statementWords } from './words.ts';

const header = { name: 'SingleHeader', only: 'user-agent' };
const ARN = 'arn:aws:wafv2:eu-west-1:123456789012:regional/regexpatternset/bots/set-1';

test.each<[Statement, string]>([
  [
    { kind: 'byte-match', field: { name: 'UriPath' }, position: 'STARTS_WITH' },
    'a text at the start of UriPath',
  ],
  [
    { kind: 'byte-match', field: header, position: 'EXACTLY' },
    'a text that is all of SingleHeader user-agent',
  ],
  [
    { kind: 'byte-match', field: header, position: 'ENDS_WITH' },
    'a text at the end of SingleHeader user-agent',
  ],
  [{ kind: 'byte-match', field: { name: 'Body' }, position: 'CONTAINS' }, 'a text in Body'],
  [{ kind: 'byte-match', field: { name: 'Method' }, position: 'CONTAINS_WORD' }, 'a word in Method'],
  [
    { kind: 'regex-match', field: { name: 'Cookies', only: '{"scope":"KEY"}' } },
    'a pattern in some of Cookies',
  ],
  [{ kind: 'regex-pattern-set', arn: ARN, field: header }, 'patterns of bots in SingleHeader user-agent'],
  [{ kind: 'size', field: { name: 'Body' }, comparison: 'GT', bytes: 8192 }, 'Body of more than 8192 bytes'],
  [{ kind: 'asn-match', networks: [64500, 64501] }, 'networks AS64500 AS64501'],
  [{ kind: 'other', name: 'FutureStatement' }, 'FutureStatement'],
])('%j', (statement, words) => {
  expect(statementWords(statement)).toBe(words);
});
