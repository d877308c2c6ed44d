import { need } from '../model/fact.ts';
import type { Bucket, PublicAccessBlock } from '../services/s3/facts.ts';
import type { RegionAudit } from './control.ts';

const names = {
  blockPublicAcls: 'BlockPublicAcls',
  ignorePublicAcls: 'IgnorePublicAcls',
  blockPublicPolicy: 'BlockPublicPolicy',
  restrictPublicBuckets: 'RestrictPublicBuckets',
} as const satisfies Record<keyof PublicAccessBlock, string>;

/** The settings against public access that are off, by S3's names; all four where there are none. */
export function openSettings(block: PublicAccessBlock | null): string[] {
  const on = new Set(Object.entries(block ?? {}).flatMap(([name, isOn]) => (isOn ? [name] : [])));
  return Object.entries(names).flatMap(([name, written]) => (on.has(name) ? [] : [written]));
}

/**
 * Where a setting is on that holds for a bucket: in the bucket, or in the account; undefined where it is in neither. One
 * of them is enough, so that the other need not be known. Throws UnknownFact.
 */
export function whereOn(
  audit: Pick<RegionAudit, 'fact'>,
  { publicAccessBlock: own }: Pick<Bucket, 'publicAccessBlock'>,
  setting: keyof PublicAccessBlock,
): string | undefined {
  const account = audit.fact('s3.accountPublicAccessBlock');
  if (own.kind === 'known' && own.value?.[setting] === true) return `the bucket's ${names[setting]}`;
  if (account.kind === 'known' && account.value?.[setting] === true) return `the account's ${names[setting]}`;
  need(own);
  need(account);
  return undefined;
}
