import { CallError } from '../aws/errors.ts';
import type { Session } from '../aws/session.ts';
import { SecureCartError } from '../model/error.ts';
import type { Call } from '../model/plan.ts';
import type { Operation } from '../services/writer.ts';
import { observerOf, operationOf } from '../services/writers.ts';
import type { LiveAccount } from './account.ts';

/** The account behind a session. */
export const awsAccount = (session: Session): LiveAccount => ({
  observe: async ({ kind, region, id }) => (await observerOf(kind)).observe(session, region, id),
  find: async (kind, region, tags, created) =>
    (await (await observerOf(kind)).find?.(session, region, tags, created)) ?? [],
  namesakes: async (kind, region, { input }) =>
    (await (await observerOf(kind)).namesakes?.(session, region, input)) ?? [],
  send: async (call, region) =>
    (await demandOperation(call)).send(session, region, call.input, { rehearse: false }),
  mayCall: async (call, region) => {
    const operation = await demandOperation(call);
    if (!operation.rehearsable) return true;
    try {
      await operation.send(session, region, call.input, { rehearse: true });
      return true;
    } catch (error) {
      // Any other error is one of the call's own, and comes again, with its true meaning, when it is made.
      if (!(error instanceof CallError)) throw error;
      return error.status !== 403;
    }
  },
});

/** The operation of a call. Throws a SecureCartError for one that no plan of this program holds. */
export async function demandOperation(call: Call): Promise<Operation> {
  const operation = await operationOf(call);
  if (operation !== undefined) return operation;
  throw new SecureCartError(
    'plan-invalid',
    `It holds the call ${call.service}:${call.operation}, which no plan may make.`,
  );
}
