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
  const [roles, others] = [writes.filter(isOfRoles), writes.filter(action => !isOfRoles(action))];
  const statements = [
    { Sid: 'SecureCartLook', Effect: 'Allow', Action: inOrder(reads), Resource: '*' },
    {
      Sid: plan.kind === 'apply' ? 'SecureCartApply' : 'SecureCartFix',
      Effect: 'Allow',
      Action: inOrder(others),
      Resource: '*',
      ...(regions.length > 0 && { Condition: { StringEquals: { 'aws:RequestedRegion': regions } } }),
    },
    ...(roles.length === 0
      ? []
      : [{ Sid: 'SecureCartRoles', Effect: 'Allow', Action: inOrder(roles), Resource: OWN_ROLES }]),
  ];
  return `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)}\n`;
}

const isOfRoles = (action: string): boolean => action.startsWith('iam:');

/** Whoever may write any role, or pass it on, may do anything: these are the program's own. */
const OWN_ROLES = `arn:*:iam::*:role${ROLE_PATH}*`;

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
