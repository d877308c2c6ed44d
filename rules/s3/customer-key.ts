import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { bucketResource } from '../../src/findings/resources.ts';
import { need, UnknownFact } from '../../src/model/fact.ts';
import type { BucketEncryption } from '../../src/services/s3/facts.ts';

export default defineControl({
  id: 's3/customer-key',
  title: 'Buckets with sensitive data are encrypted under a key of the account',
  severity: 'medium',
  rationale:
    'Under the key of S3 or the one that AWS manages, whoever may get the object gets it decrypted. A key of the account is a second lock: its own policy says who opens it, its use is logged, and it can be withdrawn.',
  remediation:
    'Set the default encryption to aws:kms with the ARN of a key of the account and the bucket key on: `securecart apply` creates one under the alias that encryption.key of the baseline names, alias/securecart as it is shipped. Check first that those who read the bucket may use the key (kms:Decrypt), and copy the objects that are there onto themselves.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-17',
  ],
  frameworks: { fsbp: ['S3.17'], 'pci-4.0': ['3.5.1'] },
  needs: ['s3.buckets', 'kms.keys'],
  scope: 'region',
  messages: {
    own: 'New objects are encrypted with {algorithm} under {key}.',
    algorithm: 'The bucket is tagged {tag}, and its default encryption is {algorithm}.',
    awsManaged: 'The bucket is tagged {tag}, and its key is one that AWS manages: {key}.',
    foreign: 'The bucket is tagged {tag}, and its key is one of account {account}: {key}.',
    unusable: 'The key {key} is {state}: S3 can neither encrypt nor decrypt with it.',
    bucketKey: 'The bucket key is off, so that each object costs calls to KMS.',
  },
  evaluate: judgeBuckets,
});

type Message = 'own' | 'algorithm' | 'awsManaged' | 'foreign' | 'unusable' | 'bucketKey';

/** The buckets that carry the tag. Whether one does is not known where its tags are not. */
function judgeBuckets(audit: RegionAudit): Iterable<Outcome<Message>> {
  const row = audit.baseline.encryption.s3.sensitive;
  const expected = [
    row.algorithms.join(' or '),
    ...(row.customerKey ? ['a key of the account'] : []),
    ...(row.bucketKey ? ['the bucket key on'] : []),
  ].join(', ');
  return judgeEach(
    audit.value('s3.buckets'),
    bucket => ({ resource: bucketResource(audit, bucket), ...heldFor(row) }),
    function* (bucket) {
      if (need(bucket.tags)[row.tag.key] !== row.tag.value) return;
      const encryption = need(bucket.encryption);
      const verdict = judge(audit, encryption);
      yield {
        status: verdict.message === 'own' ? 'pass' : 'fail',
        resource: bucketResource(audit, bucket),
        ...heldFor(row),
        ...verdict,
        expected,
        actual: describe(encryption),
      };
    },
  );
}

/** What is wrong, the worst first. */
function judge(
  audit: RegionAudit,
  encryption: BucketEncryption | null,
): { message: Message; data?: Record<string, string> } {
  const row = audit.baseline.encryption.s3.sensitive;
  const tag = `${row.tag.key}=${row.tag.value}`;
  const allowed: readonly string[] = row.algorithms;
  if (encryption === null || !allowed.includes(encryption.algorithm))
    return { message: 'algorithm', data: { tag, algorithm: encryption?.algorithm ?? 'none' } };
  const { algorithm, key = 'alias/aws/s3', bucketKey } = encryption;
  if (row.customerKey) {
    const live = liveKey(audit, key);
    if (live.manager === 'AWS') return { message: 'awsManaged', data: { tag, key } };
    const account = live.arn.split(':')[4] ?? '';
    if (account !== ownAccount(audit)) return { message: 'foreign', data: { tag, key, account } };
    if (live.state !== 'Enabled') return { message: 'unusable', data: { key, state: live.state } };
  }
  // S3 has no bucket keys for two layers of encryption.
  if (row.bucketKey && !bucketKey && algorithm !== 'aws:kms:dsse') return { message: 'bucketKey' };
  return { message: 'own', data: { algorithm, key } };
}

/** Throws UnknownFact where nobody could say whose account it is. */
function ownAccount({ account }: RegionAudit): string {
  if (account !== '') return account;
  throw new UnknownFact({ kind: 'not-read', call: 'sts:GetCallerIdentity' });
}

/** The key that a bucket names. AWS keeps the alias/aws/ for its own keys, so that these need no look-up. */
function liveKey(audit: RegionAudit, name: string) {
  if (/(^|:)alias\/aws\//.test(name)) return { arn: name, manager: 'AWS', state: 'Enabled' };
  const found = audit.value('kms.keys').find(key => key.name === name);
  return need(found?.key ?? { kind: 'unknown', reason: { kind: 'not-read', call: 'kms:DescribeKey' } });
}

function describe(encryption: BucketEncryption | null): string {
  if (encryption === null) return 'none';
  const { algorithm, key = 'no key named', bucketKey } = encryption;
  return algorithm === 'AES256'
    ? algorithm
    : `${algorithm}, ${key}, the bucket key ${bucketKey ? 'on' : 'off'}`;
}
