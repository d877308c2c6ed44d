import type { UnknownReason } from '../../model/fact.ts';
import type { PolicyStatement } from '../../model/policy.ts';

/** Why what a policy comes to cannot be told here; the simulator of IAM, which knows the values of conditions, could. */
export const unclear = (message: string): UnknownReason => ({
  kind: 'unsupported',
  call: 'iam:SimulatePrincipalPolicy',
  error: { code: 'Unclear', message },
});

/** What a statement is held to, for a reason. */
export const conditionsOf = ({ conditions }: PolicyStatement): string =>
  [...new Set(conditions.map(({ operator, key }) => `${operator} ${key}`))].join(', ');
