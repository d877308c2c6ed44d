import type { PolicyStatement } from '../model/policy.ts';
import { covers, meets } from './wildcard.ts';

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

/** Whether a statement is about something of what the patterns stand for; where it names what it is not about, it may say so wrongly. */
export const touches = ({ action, resource }: PolicyStatement, actions: string, resources: string): boolean =>
  holdsSome(action, actions.toLowerCase()) && (resource === undefined || holdsSome(resource, resources));

type Patterns = PolicyStatement['action'];

const holds = ({ not, patterns }: Patterns, wanted: string): boolean =>
  not
    ? patterns.every(pattern => !meets(pattern, wanted))
    : patterns.some(pattern => covers(pattern, wanted));

const holdsSome = ({ not, patterns }: Patterns, wanted: string): boolean =>
  not ? !patterns.some(pattern => covers(pattern, wanted)) : patterns.some(pattern => meets(pattern, wanted));
