import { bucketResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { policyState } from '../../policy/policy-state.ts';
import { isPublic } from '../../policy/public.ts';
import { statementName } from '../../policy/statement.ts';
import {
  POLICY_BYTES,
  policyObject,
  putPolicy,
  withTlsOnly,
} from '../../services/s3/bucket-policy/changes.ts';
import type { BucketPlace } from '../../services/s3/calls.ts';
import type { Bucket } from '../../services/s3/facts.ts';
import { leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Proposal, type Scene } from '../scene.ts';

/** Adds to a bucket's policy the statement that refuses plain HTTP, and keeps every other. Throws UnknownFact. */
export function refusePlainHttp(
  scene: Scene,
  bucket: Bucket,
  place: BucketPlace,
  failing: readonly Finding[],
): Proposal {
  const { audit, region } = scene;
  const resource = bucketResource(audit, bucket);
  const about = { region, resource, for: failing.map(causeOf) };
  const refused = publicStatements(scene, bucket);
  if (refused !== undefined) {
    const detail = `S3 takes no policy that lets everyone in while BlockPublicPolicy is on, not even the one that is there with a statement more: take ${refused} out of it first.`;
    return leave(about, 'no-mend', detail);
  }
  const from = need(bucket.policy)?.text ?? null;
  const to = withTlsOnly(from, resource.arn);
  if (new TextEncoder().encode(to).length > POLICY_BYTES) {
    return leave(about, 'quota', `Its policy would have more than the ${POLICY_BYTES} bytes that S3 takes.`);
  }
  const change = putPolicy(place, from, to);
  return unlessManaged(scene, about, need(bucket.tags), owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: change.id,
        title: `let ${bucket.name} refuse requests without TLS`,
        risk: 'review',
        disruption:
          'Who asks by plain HTTP is refused from then on, a website endpoint of the bucket among them, which knows nothing else.',
        changes: [change],
      },
    ],
    fingerprints: [{ object: policyObject(place), state: policyState(from) }],
  }));
}

/** The statements for which S3 would refuse to take the policy again; undefined where it would not. Throws UnknownFact. */
function publicStatements({ audit }: Scene, bucket: Bucket): string | undefined {
  const open = (need(bucket.policy)?.statements ?? []).flatMap((statement, index) =>
    isPublic(statement) ? [statementName(statement, index)] : [],
  );
  if (open.length === 0) return undefined;
  const blocks = [need(bucket.publicAccessBlock), audit.value('s3.accountPublicAccessBlock')];
  return blocks.some(block => block?.blockPublicPolicy) ? open.join(', ') : undefined;
}
