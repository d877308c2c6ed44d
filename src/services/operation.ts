import type { z } from 'zod';
import type { AwsClient, ClientClass } from '../aws/session.ts';
import type { Operation } from './writer.ts';

/** An operation of a service that cannot be rehearsed, and that creates nothing with an id of AWS's. */
export const plainOperation = <C extends AwsClient, Input extends object>(
  clientClass: ClientClass<C>,
  permission: string,
  schema: z.ZodType<Input>,
  call: (client: C, input: Input) => Promise<object>,
): Operation => ({
  permission,
  rehearsable: false,
  send: async (session, region, input) => {
    await call(session.client(clientClass, region), schema.parse(input));
    return {};
  },
});

/** The same of an operation that creates something, of which `call` gives the id. */
export const creatingOperation = <C extends AwsClient, Input extends object>(
  clientClass: ClientClass<C>,
  permission: string,
  schema: z.ZodType<Input>,
  call: (client: C, input: Input) => Promise<string | undefined>,
): Operation => ({
  permission,
  rehearsable: false,
  send: async (session, region, input) => ({
    created: await call(session.client(clientClass, region), schema.parse(input)),
  }),
});
