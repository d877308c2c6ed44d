import { SecureCartError } from '../model/error.ts';
import { type Call, Created, changesOf, objectKey } from '../model/plan.ts';
import { describeMove, sameState } from '../plan/state.ts';
import type { LiveAccount } from './account.ts';
import { nameTaken } from './make-change.ts';
import { resolvedNow } from './placeholders.ts';
import { expectations, type Progress } from './progress.ts';

/**
 * Reads every object of a plan again, and looks whether what it creates is there by now. Throws a SecureCartError that
 * names each one that is not what the plan was made for.
 */
export async function demandUnmoved(progress: Progress, account: LiveAccount): Promise<void> {
  const moved = expectations(progress).map(async ({ object, state }) => {
    const seen = await account.observe(object);
    return sameState(seen.state, state) ? [] : [`${objectKey(object)}: ${describeMove(state, seen.state)}`];
  });
  const made = changesOf(progress.plan)
    .filter(({ id, edit }) => edit.kind === 'create' && !progress.isDone(id))
    // What is created in something that is still to be created has nobody's name.
    .filter(({ object, call }) => progress.known(object) === undefined && !names(call.input, Created))
    .map(async change => {
      const taken = await nameTaken(change, change.call, account);
      return taken === undefined ? [] : [`${change.object.region} ${change.object.kind}: ${taken}`];
    });
  const list = (await Promise.all([...moved, ...made])).flat();
  if (list.length === 0) return;
  throw new SecureCartError('plan-stale', list.join('\n'), {
    suggestion: `Make a new plan: securecart ${progress.plan.kind}`,
  });
}

/** Asks AWS, where it can be asked without calling, whether each kind of call on each object would be allowed. Throws a SecureCartError. */
export async function demandPermissions(progress: Progress, account: LiveAccount): Promise<void> {
  const distinct = new Map(
    changesOf(progress.plan)
      .filter(({ id, call }) => !progress.isDone(id) && !names(call.input, Created))
      // What is set on an object that is still to be created cannot be asked for before.
      .filter(({ object, edit }) => edit.kind === 'create' || progress.known(object) !== undefined)
      .map(change => [`${change.call.operation} ${objectKey(change.object)}`, change]),
  );
  const answers = await Promise.all(
    [...distinct.values()].map(async ({ call, object, permissions }) => {
      const known = progress.known(object);
      const handles = known === undefined ? {} : (await account.observe(known)).handles;
      const input = resolvedNow(call.input, { ...progress.meanings, handles });
      // A part that it names, such as an authorizer, is still to be created.
      if (input === undefined) return [];
      const allowed = await account.mayCall({ ...call, input } satisfies Call, object.region);
      return allowed ? [] : [`${permissions.join(', ')} for ${objectKey(object)}`];
    }),
  );
  const missing = [...new Set(answers.flat())];
  if (missing.length === 0) return;
  throw new SecureCartError('not-permitted', missing.join('; '), {
    suggestion: 'securecart policy fix --plan FILE prints the policy that the plan needs.',
  });
}

/** Whether a placeholder of a kind is anywhere in a value. */
function names(
  value: unknown,
  placeholder: { safeParse: (value: unknown) => { success: boolean } },
): boolean {
  if (placeholder.safeParse(value).success) return true;
  return (
    typeof value === 'object' && value !== null && Object.values(value).some(item => names(item, placeholder))
  );
}
