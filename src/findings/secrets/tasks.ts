import type { Resource } from '../../model/finding.ts';
import type { TaskDefinition } from '../../services/ecs/facts.ts';

/** A task definition as the resource of a finding, by its family and revision. */
export const taskDefinitionResource = ({ arn }: Pick<TaskDefinition, 'arn'>): Resource => ({
  type: 'AWS::ECS::TaskDefinition',
  arn,
  id: arn.slice(arn.lastIndexOf('/') + 1),
});

/** What a variable is filled from, as ECS reads it: a secret, with what follows its ARN cut off, or a parameter by its name. */
export type Reference =
  | { readonly kind: 'secret'; readonly arn: string }
  | { readonly kind: 'parameter'; readonly name: string };

/** What `valueFrom` leads to: an ARN of Secrets Manager, which may go on with a JSON key, a stage and a version, or a parameter by its ARN or its name. */
export function referenceOf(from: string): Reference {
  const parts = from.split(':');
  if (parts[0] !== 'arn') return { kind: 'parameter', name: from };
  if (parts[2] === 'secretsmanager') return { kind: 'secret', arn: parts.slice(0, 7).join(':') };
  return { kind: 'parameter', name: (parts[5] ?? '').replace(/^parameter/, '') };
}

/** Whether an ARN is that of a secret, with or without the dash and six characters that AWS adds to its name; that of another one which begins like it is not. */
export const leadsTo = (reference: Reference, arn: string): boolean =>
  reference.kind === 'secret' && (reference.arn === arn || reference.arn === arn.slice(0, -'-xxxxxx'.length));
