import type { Statement } from '../../services/wafv2/facts.ts';
import type { Step } from './step.ts';

/** A rule as a report shows it: `3 RateLimit: block over 100 requests by IP in 300 seconds`. */
export const stepWords = ({ name, action, statement }: Step): string =>
  `${name}: ${action === 'group' ? '' : `${action} `}${statementWords(statement)}`;

/** What a statement looks for, on one line. */
export function statementWords(statement: Statement): string {
  switch (statement.kind) {
    case 'sqli-match':
      return `SQL injection in ${statement.field.name}`;
    case 'xss-match':
      return `cross-site scripting in ${statement.field.name}`;
    case 'geo-match':
      return `countries ${statement.countries.join(' ')}`;
    case 'ip-set':
      return `IP set ${statement.arn.split('/').at(-2) ?? statement.arn}`;
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

const scoped = ({ scopeDown }: { scopeDown?: Statement | undefined }): string =>
  scopeDown === undefined ? '' : ` of ${statementWords(scopeDown)}`;

const overridden = ({ overrides }: Extract<Statement, { kind: 'managed-rule-group' }>): string =>
  overrides.length === 0
    ? ''
    : ` with ${overrides.map(({ rule, action }) => `${rule} ${action}`).join(', ')}`;
