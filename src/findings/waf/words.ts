import type { Field, Statement } from '../../services/wafv2/facts.ts';
import type { Step } from './step.ts';

/** A rule as a report shows it: `3 RateLimit: block over 100 requests by IP in 300 seconds`. */
export const stepWords = ({ name, action, statement }: Step): string =>
  `${name}: ${action === 'group' ? '' : `${action} `}${statementWords(statement)}`;

/** What a statement looks for, on one line. */
export function statementWords(statement: Statement): string {
  switch (statement.kind) {
    case 'sqli-match':
      return `SQL injection in ${fieldWords(statement.field)}`;
    case 'xss-match':
      return `cross-site scripting in ${fieldWords(statement.field)}`;
    case 'byte-match':
      return `${positions[statement.position]} ${fieldWords(statement.field)}`;
    case 'regex-match':
      return `a pattern in ${fieldWords(statement.field)}`;
    case 'regex-pattern-set':
      return `patterns of ${nameIn(statement.arn)} in ${fieldWords(statement.field)}`;
    case 'size':
      return `${fieldWords(statement.field)} ${comparisons[statement.comparison]} ${statement.bytes} bytes`;
    case 'asn-match':
      return `networks ${statement.networks.map(number => `AS${number}`).join(' ')}`;
    case 'geo-match':
      return `countries ${statement.countries.join(' ')}`;
    case 'ip-set':
      return `IP set ${nameIn(statement.arn)}`;
    case 'label-match':
      return `label ${statement.key}`;
    case 'rate':
      return `over ${statement.limit} requests by ${statement.aggregate} in ${statement.windowSeconds} seconds${scoped(statement)}`;
    case 'managed-rule-group':
      return `${statement.vendor} ${statement.group}${overridden(statement)}${scoped(statement)}`;
    case 'rule-group':
      return `rule group ${statement.arn}`;
    case 'and':
      return `(${statement.statements.map(statementWords).join(' and ')})`;
    case 'or':
      return `(${statement.statements.map(statementWords).join(' or ')})`;
    case 'not':
      return `not ${statementWords(statement.statement)}`;
    case 'other':
      return statement.name;
    default:
      return statement satisfies never;
  }
}

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** What is looked for is not said: it may be a secret. */
const positions = {
  EXACTLY: 'a text that is all of',
  STARTS_WITH: 'a text at the start of',
  ENDS_WITH: 'a text at the end of',
  CONTAINS: 'a text in',
  CONTAINS_WORD: 'a word in',
} as const satisfies Record<Of<'byte-match'>['position'], string>;

const comparisons = {
  EQ: 'of exactly',
  NE: 'of other than',
  LE: 'of at most',
  LT: 'of less than',
  GE: 'of at least',
  GT: 'of more than',
} as const satisfies Record<Of<'size'>['comparison'], string>;

/** A part of a request by AWS WAF's name, and which header or argument it is narrowed to. */
function fieldWords({ name, only }: Field): string {
  if (only === undefined) return name;
  return name.startsWith('Single') ? `${name} ${only}` : `some of ${name}`;
}

/** The name of what an ARN of AWS WAF's is of: `….:regional/ipset/NAME/ID`. */
const nameIn = (arn: string): string => arn.split('/').at(-2) ?? arn;

const scoped = ({ scopeDown }: { scopeDown?: Statement | undefined }): string =>
  scopeDown === undefined ? '' : ` of ${statementWords(scopeDown)}`;

const overridden = ({ overrides }: Of<'managed-rule-group'>): string =>
  overrides.length === 0
    ? ''
    : ` with ${overrides.map(({ rule, action }) => `${rule} ${action}`).join(', ')}`;
