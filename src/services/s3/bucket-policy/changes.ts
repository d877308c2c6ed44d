import type { JsonObject } from '../../../model/json.ts';
import type { Change, LiveObject } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { policyState } from '../../../policy/policy-state.ts';
import { withStatement } from '../../../policy/with-statement.ts';
import { type BucketPlace, bucketCall, bucketChange } from '../calls.ts';

/** The Sid of the statement by which a bucket refuses plain HTTP; one of that Sid is replaced, and no other. */
export const TLS_ONLY = 'SecureCartTlsOnly';

/** The most that S3 takes for a bucket policy, in bytes. */
export const POLICY_BYTES = 20 * 1024;

/** A bucket's policy as an object of a plan. */
export const policyObject = ({ region, bucket }: BucketPlace): LiveObject => ({
  kind: 's3-bucket-policy',
  region,
  id: bucket,
});

/** The policy with the statement that refuses plain HTTP after all that it has; a policy of that alone where there is none. */
export const withTlsOnly = (text: string | null, arn: string): string => withStatement(text, tlsOnly(arn));

const tlsOnly = (arn: string): JsonObject => ({
  Sid: TLS_ONLY,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** Puts a policy in the place of another; taken back, the bucket has the very text it had, or no policy where it had none. */
export function putPolicy(place: BucketPlace, from: string | null, to: string): Change {
  const put = (Policy: string) => bucketCall('PutBucketPolicy', place, { Policy });
  return {
    id: bucketChange(place.bucket, 'policy'),
    title:
      from === null
        ? `write a bucket policy with the statement ${TLS_ONLY}; there is none now`
        : `add the statement ${TLS_ONLY} to the bucket policy, and keep what else it says`,
    object: policyObject(place),
    edit: {
      kind: 'set',
      fields: {
        policy: { from: policyState(from).policy ?? null, to: policyState(to).policy ?? null },
      },
    },
    call: put(to),
    permissions: ['s3:PutBucketPolicy'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo:
      from === null
        ? {
            kind: 'call',
            call: bucketCall('DeleteBucketPolicy', place),
            permissions: ['s3:DeleteBucketPolicy'],
          }
        : { kind: 'call', call: put(from), permissions: ['s3:PutBucketPolicy'] },
  };
}
