import { openSettings } from '../../findings/public-access.ts';
import { bucketResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Mend } from '../../model/plan.ts';
import { isPublic } from '../../policy/public.ts';
import { statementName } from '../../policy/statement.ts';
import type { BucketPlace } from '../../services/s3/calls.ts';
import type { Bucket } from '../../services/s3/facts.ts';
import {
  blockBucket,
  publicAccessObject,
  publicAccessState,
} from '../../services/s3/public-access/changes.ts';
import { leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Proposal, type Scene } from '../scene.ts';

/** The controls by which a bucket is found open, which some are on purpose. */
export const openBuckets: readonly string[] = ['s3/public-policy', 's3/public-acl'];

/** Turns on a bucket's settings against public access, after its policy is written. Throws UnknownFact. */
export function closeBucket(
  scene: Scene,
  bucket: Bucket,
  place: BucketPlace,
  failing: readonly Finding[],
  policyMends: readonly Mend[],
): Proposal {
  const { audit, region } = scene;
  const from = need(bucket.publicAccessBlock);
  if (openSettings(from).length === 0) return NOTHING;
  const about = { region, resource: bucketResource(audit, bucket), for: failing.map(causeOf) };
  const accepted = acceptedAsPublic(scene, bucket);
  if (accepted !== undefined) {
    return leave(about, 'suppressed', `That it is public is accepted (${accepted.control}), and would end.`);
  }
  const after = policyMends.flatMap(({ changes }) => changes.map(({ id }) => id));
  const change = blockBucket(place, from, after);
  return unlessManaged(scene, about, need(bucket.tags), owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: change.id,
        title: `close ${bucket.name} to the public`,
        risk: 'review',
        disruption: losers(scene, bucket),
        changes: [change],
      },
    ],
    fingerprints: [{ object: publicAccessObject(place), state: publicAccessState(from) }],
  }));
}

/** The suppressed finding that says that a bucket lets everyone in. */
export const acceptedAsPublic = ({ suppressed }: Scene, { name }: Bucket): Finding | undefined =>
  suppressed.find(({ control, resource }) => openBuckets.includes(control) && resource.id === name);

/** Who loses what when a bucket is closed to the public, as far as its policy and its ACL tell. */
function losers({ audit }: Scene, bucket: Bucket): string {
  const account = audit.fact('s3.accountPublicAccessBlock');
  if (account.kind === 'known' && openSettings(account.value).length === 0) {
    return "Nobody loses anything: the account's own settings hold the same already.";
  }
  const ways = publicWays(audit, bucket);
  const told =
    ways.length === 0
      ? 'Neither its policy nor its ACL lets anyone in who has no name.'
      : `Everyone loses what is open to them by ${ways.join(' and by ')}. ${RESTRICTED}`;
  return `${told} An object with a public ACL of its own is private from then on: those are not looked at one by one.`;
}

/** What RestrictPublicBuckets does beyond closing to the public. */
export const RESTRICTED =
  'Where a policy lets everyone in, S3 then keeps out other accounts too, those that the policy names among them.';

/** How a bucket lets in people without a name: by which statements, and by which grants. */
export function publicWays({ fact }: Pick<Scene['audit'], 'fact'>, { name, policy }: Bucket): string[] {
  const grants = fact('s3.publicGrants');
  const own =
    grants.kind === 'known' ? grants.value.find(({ bucket }) => bucket === name)?.grants : undefined;
  const byPolicy =
    policy.kind === 'known'
      ? (policy.value?.statements ?? []).flatMap((statement, index) =>
          isPublic(statement) ? [`its policy (${statementName(statement, index)})`] : [],
        )
      : ['its policy, which could not be read'];
  const byAcl =
    own?.kind === 'known'
      ? own.value.map(grant => `its ACL (${grant})`)
      : ['its ACL, which could not be read'];
  return [...byPolicy, ...byAcl];
}
