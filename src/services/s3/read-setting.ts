import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { CallError } from '../../aws/errors.ts';
import { given } from '../reader.ts';
import type { PublicAccessBlock } from './facts.ts';

/** What `read` gives; null where S3 answers with `error`, the one by which it says that there is no such setting. */
export async function unlessNotSet<T>(error: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof CallError && thrown.code === error) return null;
    throw thrown;
  }
}

/** The four settings; S3 and S3 Control have them in one form. */
export function publicAccessBlock(from: PublicAccessBlockConfiguration | undefined): PublicAccessBlock {
  const settings = given(from, 'PublicAccessBlockConfiguration');
  return {
    blockPublicAcls: settings.BlockPublicAcls ?? false,
    ignorePublicAcls: settings.IgnorePublicAcls ?? false,
    blockPublicPolicy: settings.BlockPublicPolicy ?? false,
    restrictPublicBuckets: settings.RestrictPublicBuckets ?? false,
  };
}
