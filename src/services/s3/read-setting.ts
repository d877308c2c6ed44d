import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { given } from '../reader.ts';
import type { PublicAccessBlock } from './facts.ts';

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
