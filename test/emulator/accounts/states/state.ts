import type { Clients } from '../../clients.ts';

/** A state of an account, of which fixtures/ keeps a snapshot. */
export type State = {
  /** Builds it in an empty account. */
  build: (clients: Clients) => Promise<unknown>;
  /** The IAM actions that whoever takes the snapshot lacks. */
  denied?: readonly string[];
};
