import type { PolicyStatement } from '../model/policy.ts';
import { covers } from './wildcard.ts';

/** Whether a statement is about everyone, anonymous callers included. Who is left out by NotPrincipal is somebody. */
export const isAboutEveryone = ({ principal }: PolicyStatement): boolean =>
  principal !== undefined &&
  !principal.not &&
  principal.principals.some(({ type, id }) => type === 'AWS' && id === '*');

/** Whether a statement is about every action that `pattern`, such as `s3:*`, stands for. It never says so wrongly. */
export const coversAction = ({ action }: PolicyStatement, pattern: string): boolean =>
  holds(action, pattern.toLowerCase());

/** Whether a statement is about every resource that `pattern` stands for. It never says so wrongly. */
export const coversResource = ({ resource }: PolicyStatement, pattern: string): boolean =>
  resource !== undefined && holds(resource, pattern);

/** The name of a statement: its Sid, or its place in the policy, counted from 1. */
export const statementName = ({ sid }: PolicyStatement, index: number): string =>
  sid ?? `statement ${index + 1}`;

function holds({ not, patterns }: PolicyStatement['action'], wanted: string): boolean {
  return not
    ? patterns.every(pattern => areApart(pattern, wanted))
    : patterns.some(pattern => covers(pattern, wanted));
}

/** Whether nothing is of both patterns, told by how they begin; it never says so wrongly. */
function areApart(a: string, b: string): boolean {
  const [beginning, other] = [a, b].map(pattern => pattern.replace(/[*?].*$/s, ''));
  if (beginning === undefined || other === undefined) return false;
  return !beginning.startsWith(other) && !other.startsWith(beginning);
}
