import { EC2Client, type Filter } from '@aws-sdk/client-ec2';
import type { Observation, Observer } from '../writer.ts';

/** What is seen of an object that is not there. */
export const ABSENT: Observation = { state: null, handles: {} };

/** A kind of object with an id and tags, which one call lists: what its calls are, and what is seen of one. */
export interface Listing<Value> {
  readonly permissions: readonly string[];
  /** The name of the filter for the id. */
  readonly idFilter: string;
  readonly list: (client: EC2Client, Filters: Filter[]) => Promise<Value[]>;
  readonly see: (value: Value, client: EC2Client) => Observation | Promise<Observation>;
}

/** Looks by filters, which find nothing where there is nothing; by ids EC2 answers with an error then. */
export const observer = <Value extends { id: string }>({
  permissions,
  idFilter,
  list,
  see,
}: Listing<Value>) =>
  ({
    permissions,
    observe: async (session, region, id) => {
      const client = session.client(EC2Client, region);
      const [value] = await list(client, [{ Name: idFilter, Values: [id] }]);
      return value === undefined ? ABSENT : await see(value, client);
    },
    find: async (session, region, tags) => {
      const Filters = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
      return (await list(session.client(EC2Client, region), Filters)).map(({ id }) => id);
    },
  }) satisfies Observer;
