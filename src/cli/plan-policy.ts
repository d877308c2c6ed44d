import { catalogue } from '../../rules/index.ts';
import { changesOf, type Plan } from '../model/plan.ts';
import { ALIAS_PERMISSION } from '../services/iam/alias.ts';
import { ROLE_PATH } from '../services/iam/facts.ts';
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
  const reads = [...(await readsOf(plan)), ...observers.flatMap(({ permissions }) => permissions)];
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
    { Sid: 'SecureCartApis', Action: [...reads, ...writes].filter(isOfApis), Resource: APIS },
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

/** A fix is judged by the controls that it is for, an apply by all that it could be about. */
async function readsOf({ kind, mends }: Plan): Promise<string[]> {
  const concerned = new Set(mends.flatMap(mend => mend.for.map(({ control }) => control)));
  const needs =
    kind === 'apply'
      ? factsFor(JUDGED)
      : catalogue.filter(({ id }) => concerned.has(id)).flatMap(control => control.needs);
  const calls = await callsFor(needs);
  return [...calls.map(({ action }) => action), ...(kind === 'apply' ? [ALIAS_PERMISSION] : [])];
}

const inOrder = (actions: readonly string[]): string[] => [...new Set(actions)].sort();
