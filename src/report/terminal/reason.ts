import type { UnknownReason } from '../../model/fact.ts';

const kinds = {
  denied: 'was denied',
  throttled: 'was throttled until the retries ran out',
  timeout: 'was not answered in time',
  unsupported: 'is not supported there',
  network: 'could not be sent',
  failed: 'failed',
  'not-read': 'was not read',
} as const satisfies Record<UnknownReason['kind'], string>;

/** Why something is not known, as `ec2:DescribeVpcs was denied (UnauthorizedOperation)`, or why nobody asked. */
export function reasonInWords({ call, kind, error }: UnknownReason): string {
  if (kind === 'not-read' && error) return error.message;
  return `${call} ${kinds[kind]}${error ? ` (${error.code})` : ''}`;
}
