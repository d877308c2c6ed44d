import type { UnknownReason } from '../model/fact.ts';
import type { Finding } from '../model/finding.ts';
import type { Signs } from './look.ts';
import { connectionInWords, packetInWords } from './packet.ts';
import { reasonInWords } from './terminal/reason.ts';

/** What a finding is about, and where: `sg-1 (backend) in eu-west-1`. */
export function whereOf({ resource: { id, name }, region }: Finding): string {
  const named = name === undefined ? id : `${id} (${name})`;
  return region === undefined || region === id ? named : `${named} in ${region}`;
}

/** What a finding says: its message, or why nobody knows, or who accepts that it fails. */
export function sentenceOf({ message, reason, suppressed }: Finding): string {
  if (suppressed !== undefined) {
    const { expires, owner, reason } = suppressed;
    return `Suppressed until ${expires}, by ${owner}: ${reason}`;
  }
  return reason === undefined ? message : `Unknown, since ${whyUnknown(reason)}.`;
}

/** Why something is not known, and the permission that would tell. */
export function whyUnknown(reason: UnknownReason): string {
  const { action } = reason;
  return `${reasonInWords(reason)}${action === undefined ? '' : `; the permission ${action} is missing`}`;
}

/** What proves a finding, each with its label: what was demanded beside what is there, a packet, the rules to blame, the row. */
export function proofOf(
  { expected, actual, witness, connection, blame, row }: Finding,
  signs: Pick<Signs, 'arrow'> = { arrow: '→' },
): [string, string][] {
  const details: [string, string | undefined][] = [
    ['expected', expected],
    ['actual', actual],
    ['packet', witness && packetInWords(witness, signs)],
    ['packet', connection && connectionInWords(connection, signs)],
    ['rules', blame.length === 0 ? undefined : blame.join(', ')],
    ['row', row && (row.origin === 'derived' ? `${row.id} (derived)` : row.id)],
  ];
  return details.flatMap(([label, text]) => (text === undefined ? [] : [[label, text]]));
}
