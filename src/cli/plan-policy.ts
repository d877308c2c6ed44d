import { catalogue } from '../../rules/index.ts';
import { changesOf, type Plan } from '../model/plan.ts';
import { planningNeeds } from '../plan/make-plan.ts';
import { ALIAS_PERMISSION } from '../services/iam/alias.ts';
import { ROLE_PATH } from '../services/iam/facts.ts';
import type { ApiCall } from '../services/reader.ts';
import { callsFor } from '../services/readers.ts';
import { observerOf } from '../services/writers.ts';
import { factsFor, JUDGED } from './provisioned.ts';

/**
 * The IAM policy that a plan needs, as JSON: to plan it and audit it again, to look at each object before and after, to
 * make its changes and to take them back. What changes anything is allowed in these Regions alone; in all, where none is named.
 */
export async function planPolicy(plan: Plan, regions: readonly string[] = plan.regions): Promise<string> {
  const changes = changesOf(plan);
  const observers = await Promise.all(changes.map(({ object }) => observerOf(object.kind)));
  const calls = await callsOf(plan);
  const reads = [
    ...calls.map(({ action }) => action),
    ...(plan.kind === 'apply' ? [ALIAS_PERMISSION] : []),
    ...observers.flatMap(({ permissions }) => permissions),
  ];
  const writes = changes.flatMap(({ permissions, undo }) => [
    ...permissions,
    ...(undo.kind === 'call' ? undo.permissions : []),
  ]);
  // IAM is asked in one Region, whichever the plan is for.
  const within = regions.length > 0 && { Condition: { StringEquals: { 'aws:RequestedRegion': regions } } };
  const isElsewhere = (action: string) => isOfRoles(action) || isOfApis(action);
  const statements = [
    { Sid: 'SecureCartLook', Action: reads.filter(action => !isOfApis(action)), Resource: '*' },
    {
      Sid: plan.kind === 'apply' ? 'SecureCartApply' : 'SecureCartFix',
      Action: writes.filter(action => !isElsewhere(action)),
      Resource: '*',
      ...within,
    },
    { Sid: 'SecureCartRoles', Action: writes.filter(isOfRoles), Resource: OWN_ROLES },
    { Sid: 'SecureCartLookAtApis', Action: reads.filter(isOfApis), Resource: apisOf(calls) },
    { Sid: 'SecureCartApis', Action: writes.filter(isOfApis), Resource: APIS },
  ]
    // IAM refuses a statement without an action.
    .filter(({ Action }) => Action.length > 0)
    .map(({ Sid, Action, ...rest }) => ({ Sid, Effect: 'Allow', Action: inOrder(Action), ...rest }));
  return `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)}\n`;
}

const isOfRoles = (action: string): boolean => action.startsWith('iam:');

/** Whoever may write any role, or pass it on, may do anything: these are the program's own. */
const OWN_ROLES = `arn:*:iam::*:role${ROLE_PATH}*`;

const isOfApis = (action: string): boolean => action.startsWith('apigateway:');

/** IAM has one action for each HTTP method of API Gateway, and keys and domain names are read and written by the same. */
const APIS = ['arn:*:apigateway:*::/apis*', 'arn:*:apigateway:*::/restapis*'];

/** What of API Gateway is looked at: the APIs that plans write, and what their readers name besides. */
const apisOf = (calls: readonly ApiCall[]): string[] =>
  inOrder([...APIS, ...calls.flatMap(({ action, resources = [] }) => (isOfApis(action) ? resources : []))]);

/** A fix is judged and planned by the controls that it is for, an apply by all that it could be about. */
function callsOf({ kind, mends }: Plan): Promise<ApiCall[]> {
  if (kind === 'apply') return callsFor(factsFor(JUDGED));
  const concerned = new Set(mends.flatMap(mend => mend.for.map(({ control }) => control)));
  const controls = catalogue.filter(({ id }) => concerned.has(id));
  return callsFor([
    ...controls.flatMap(({ needs }) => needs),
    ...planningNeeds(controls.map(({ id }) => id)),
  ]);
}

const inOrder = (actions: readonly string[]): string[] => [...new Set(actions)].sort();
