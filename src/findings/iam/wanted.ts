import type { Role } from '../../model/baseline/identity.ts';

/** A role that the baseline asks for. */
export type WorkloadRole = Role;

/** What the baseline lets somebody do: any of the actions, on any of the resources, which may be patterns. */
export interface Allowance {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What stands for the placeholders of a resource. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** What a row allows in one Region. */
export const allowancesOf = ({ allows }: WorkloadRole, place: Place): Allowance[] =>
  allows.map(({ actions, resources }) => ({
    actions,
    resources: resources.map(pattern =>
      pattern
        .replaceAll('{partition}', place.partition)
        .replaceAll('{region}', place.region)
        .replaceAll('{account}', place.account),
    ),
  }));
