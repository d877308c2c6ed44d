import type { PublicAccessBlock } from '../services/s3/facts.ts';

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
