import type { Bucket } from '../../services/s3/facts.ts';
import {
  accountAccessObject,
  blockAccount,
  publicAccessState,
} from '../../services/s3/public-access/changes.ts';
import { leave } from '../leave.ts';
import { type AccountPlanner, causeOf, NOTHING, type Scene } from '../scene.ts';
import { acceptedAsPublic, publicWays, RESTRICTED } from './s3-public-access.ts';

/** Turns on the account's settings against public access, after every policy that the plan writes. */
export const s3Account: AccountPlanner = {
  controls: ['s3/account-public-access-block'],
  needs: ['s3.buckets', 's3.publicGrants'],
  plan: (scenes, failing, mends) => {
    const [home] = scenes;
    const [finding] = failing;
    if (home === undefined || finding === undefined) return NOTHING;
    const { audit, region } = home;
    const about = { resource: finding.resource, for: failing.map(causeOf) };
    const accepted = scenes.flatMap(scene => bucketsOf(scene).filter(one => acceptedAsPublic(scene, one)));
    if (accepted.length > 0) {
      const detail = `That these buckets are public is accepted, and would end: ${namesOf(accepted)}.`;
      return leave(about, 'suppressed', detail);
    }
    const from = audit.value('s3.accountPublicAccessBlock');
    const changes = mends.flatMap(mend => mend.changes);
    const after = changes.flatMap(({ id, object }) => (object.kind === 's3-bucket-policy' ? [id] : []));
    return {
      ...NOTHING,
      mends: [
        {
          ...about,
          region,
          id: 's3/account',
          title: 'close every bucket of the account to the public',
          risk: 'review',
          disruption: losers(scenes),
          changes: [blockAccount({ region, account: audit.account }, from, after)],
        },
      ],
      fingerprints: [{ object: accountAccessObject(region, audit.account), state: publicAccessState(from) }],
    };
  },
};

/** Who loses what, bucket by bucket; buckets elsewhere close as well. */
function losers(scenes: readonly Scene[]): string {
  const regions = scenes.map(({ region }) => region).join(', ');
  const open = scenes.flatMap(scene =>
    bucketsOf(scene).flatMap(bucket => {
      const ways = publicWays(scene.audit, bucket);
      return ways.length === 0 ? [] : [`${bucket.name} by ${ways.join(' and by ')}`];
    }),
  );
  const told =
    open.length === 0
      ? `No bucket in ${regions} lets anyone in who has no name.`
      : `Everyone loses what is open to them: ${open.join('; ')}. ${RESTRICTED}`;
  return `${told} Buckets in other Regions close as well, and objects with a public ACL of their own: those are not looked at.`;
}

const bucketsOf = ({ audit }: Scene): readonly Bucket[] => {
  const buckets = audit.fact('s3.buckets');
  return buckets.kind === 'known' ? buckets.value : [];
};

const namesOf = (buckets: readonly Bucket[]): string => buckets.map(({ name }) => name).join(', ');
