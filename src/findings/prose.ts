import type { UnknownReason } from '../model/fact.ts';

const PLACEHOLDER = /\{([a-z][a-zA-Z]*)\}/g;

/** The names of a message's placeholders. */
export const placeholders = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

/** A message with its placeholders filled. Throws where a value is missing, or is given and not used: a bug of the control. */
export function render(template: string, data: Readonly<Record<string, string | number>> = {}): string {
  const wanted = new Set(placeholders(template));
  const idle = Object.keys(data).filter(name => !wanted.has(name));
  if (idle.length > 0) throw new Error(`The message '${template}' has no place for ${idle.join(', ')}`);
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`The message '${template}' was given no ${name}`);
    return String(value);
  });
}

/** The message of an unknown finding: what kept it from being judged is its reason, which a report tells in full. */
export const unknownMessage = ({ call }: UnknownReason): string => `This cannot be judged without ${call}.`;

/** The message of a control of scope `vpc` in a Region that has no one VPC for it. */
export const noVpcMessage = (region: string, candidates: readonly string[]): string =>
  candidates.length === 0
    ? `No VPC in ${region} is the baseline's.`
    : `Any of ${candidates.toSorted().join(', ')} in ${region} could be the baseline's VPC: name one with --vpc.`;

/** The message of a control that found nothing to judge. */
export const nothingMessage = (where: string): string => `Nothing in ${where} is subject to this control.`;
