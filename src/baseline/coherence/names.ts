import { type Fault, quoted } from '../fault.ts';
import { suggestName } from '../nearest.ts';
import { mappingsIn, type Part, partsAt } from './parts.ts';

/** What is named by something else of the file, and where its names are given. */
const references = [
  { what: 'flow', from: ['securityGroups', 'rows', '*', 'for', '*'], to: ['flows', '*', 'id'] },
  { what: 'flow', from: ['networkAcls', 'rows', '*', 'for', '*'], to: ['flows', '*', 'id'] },
  {
    what: 'role',
    from: ['secrets', 'secrets', '*', 'readers', '*'],
    to: ['roles', 'workloads', '*', 'name'],
  },
  { what: 'secret', from: ['secrets', 'tasks', 'fromSecret'], to: ['secrets', 'secrets', '*', 'id'] },
  {
    what: 'user pool',
    from: ['api', 'authorization', 'userPools', '*'],
    to: ['authentication', 'userPools', '*', 'name'],
  },
  {
    what: 'web ACL rule',
    from: ['automations', 'bruteForceBlocker', 'rule'],
    to: ['waf', 'rules', '*', 'id'],
  },
  {
    what: 'Config rule',
    from: ['automations', 'bucketEncryption', 'rule'],
    to: ['config', 'rules', '*', 'id'],
  },
];

/** What AWS holds one of, each. */
const unique = [
  { what: 'web ACL rule', key: ['waf', 'rules', '*', 'name'] },
  { what: 'web ACL priority', key: ['waf', 'rules', '*', 'priority'] },
  { what: 'user pool', key: ['authentication', 'userPools', '*', 'name'] },
  { what: 'secret', key: ['secrets', 'secrets', '*', 'name'] },
  { what: 'parameter', key: ['parameters', 'parameters', '*', 'name'] },
  { what: 'role', key: ['roles', 'workloads', '*', 'name'] },
  { what: 'Config rule', key: ['config', 'rules', '*', 'name'] },
];

/** Names that are given twice, and names of what is not there. */
export function nameFaults(value: unknown): Fault[] {
  const ids = mappingsIn(value)
    .filter(({ value }) => value.id !== undefined)
    .map(({ path, value }) => ({ path: [...path, 'id'], value: value.id }));
  return [
    ...repeated('id', ids),
    ...unique.flatMap(({ what, key }) => repeated(what, partsAt(value, key))),
    ...references.flatMap(({ what, from, to }) => strangers(what, partsAt(value, from), partsAt(value, to))),
  ];
}

function repeated(what: string, parts: Part<unknown>[]): Fault[] {
  const seen = new Set<unknown>();
  return parts.flatMap(({ path, value }): Fault[] => {
    const first = !seen.has(value);
    seen.add(value);
    const message = `the ${what} ${quoted(value)} is given twice`;
    return first ? [] : [{ path, at: 'value', message, suggestion: 'give each its own' }];
  });
}

function strangers(what: string, from: Part<unknown>[], to: Part<unknown>[]): Fault[] {
  const names = to.map(({ value }) => value).filter(name => typeof name === 'string');
  return from.flatMap(({ path, value }): Fault[] => {
    if (typeof value !== 'string' || names.includes(value)) return [];
    const message = `there is no ${what} ${quoted(value)}`;
    return [{ path, at: 'value', message, suggestion: suggestName(value, names) }];
  });
}
