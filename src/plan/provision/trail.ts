import { trailResource } from '../../findings/trail/judged-trail.ts';
import { known } from '../../model/fact.ts';
import type { ChangeId } from '../../model/plan.ts';
import { createTrail, DEFAULT_SELECTORS, termsOf } from '../../services/cloudtrail/changes.ts';
import type { Trail } from '../../services/cloudtrail/facts.ts';
import { roleArn } from '../../services/iam/changes.ts';
import { deliverySupplies } from './log-delivery.ts';
import { about, adopt, build, creationOf, inTurn, type Part, type Provision, standIn } from './part.ts';
import type { Site } from './site.ts';
import { adoptableTrail, trailBucketName } from './trail-adoption.ts';
import { NEW_BUCKET, trailBucket } from './trail-bucket.ts';
import { trailDelivery } from './trail-delivery.ts';
import { keyOfTrail, trailKey } from './trail-key.ts';

/**
 * The trail of the baseline with what it delivers to, or the one that the account has. It is created as CloudTrail
 * creates it, off and with the events that it selects by default: the mends of findings set both.
 */
export const trail: Provision = {
  controls: ['cloudtrail/*'],
  needs: [
    'cloudtrail.trails',
    'cloudtrail.trailTags',
    'kms.customerKeys',
    'kms.customerKeyTags',
    'kms.customerKeyPolicies',
    'logs.logGroups',
    'iam.roles',
    's3.buckets',
    's3.publicGrants',
  ],
  build: site => {
    const { leftAlone } = trailBucket(site);
    return leftAlone === undefined ? inTurn(site, [trailKey, trailBucket, buildTrail]) : { leftAlone };
  },
};

const NEW_TRAIL = standIn('trail');

const COST =
  'trail: the first copy of management events is free; S3 charges for storing the files, KMS for the requests under a key of the account, and CloudWatch Logs by the GB for what it is given (in us-east-1 some 0.50 USD) and keeps: cloudTrail.cloudWatchLogs: false in the baseline leaves that out';

function buildTrail(site: Site): Part {
  const there = adoptableTrail(site);
  if (there !== undefined) return adopt(site, 'trail', there.arn);
  const { audit } = site;
  const supplies = audit.baseline.cloudTrail.cloudWatchLogs
    ? deliverySupplies(site, trailDelivery(site))
    : { changes: [], fingerprints: [], adopted: [] };
  if ('leftAlone' in supplies) return supplies;
  const said = about(site, NEW_TRAIL, {
    component: 'trail',
    name: audit.baseline.cloudTrail.name,
    title: `create the trail ${audit.baseline.cloudTrail.name}, which does not log yet`,
  });
  const fresh = newTrail(site);
  const { status: _, selectors: __, ...settings } = fresh;
  const creation = createTrail(
    {
      ...termsOf(settings, { logging: false, selectors: DEFAULT_SELECTORS, tags: said.tags }),
      name: audit.baseline.cloudTrail.name,
      ...(site.planned.has(creationOf(NEW_BUCKET)) && { bucket: NEW_BUCKET }),
    },
    said,
  );
  const needed = [...supplies.changes.map(({ id }) => id), ...preparations(site)];
  return {
    adopted: supplies.adopted,
    ...build(site, {
      id: NEW_TRAIL,
      title: 'log every request to the API of AWS',
      resource: trailResource(fresh),
      cost: COST,
      changes: [...supplies.changes, { ...creation, dependsOn: needed }],
      fingerprints: supplies.fingerprints,
      facts: {
        'cloudtrail.trails': known([...audit.value('cloudtrail.trails'), fresh]),
        'cloudtrail.trailTags': known([
          ...audit.value('cloudtrail.trailTags'),
          { trail: fresh.arn, tags: known(said.tags) },
        ]),
      },
    }),
  };
}

/** The changes by which bucket and key let CloudTrail in, which it tries when a trail is created. */
const preparations = (site: Site): ChangeId[] =>
  [...site.planned].filter(
    id => id.startsWith(`${NEW_BUCKET}/`) || /^s3\/.*\/policy$|^kms\/.*\/policy$/.test(id),
  );

/** The trail as it is at first, under the name that stands for it. */
function newTrail(site: Site): Trail {
  const { audit, region } = site;
  const { multiRegion, globalServiceEvents, files, cloudWatchLogs } = audit.baseline.cloudTrail;
  const key = keyOfTrail(site);
  const { logGroup, role } = trailDelivery(site);
  return {
    name: NEW_TRAIL,
    arn: audit.arnOf('cloudtrail', audit.account, `trail/${NEW_TRAIL}`),
    homeRegion: region,
    bucket: trailBucketName(site),
    multiRegion,
    organization: false,
    // CloudTrail takes no multi-Region trail without them.
    globalServiceEvents: globalServiceEvents || multiRegion,
    validated: files.validated,
    ...(key !== undefined && { key: audit.arnOf('kms', audit.account, `key/${key.id}`) }),
    ...(cloudWatchLogs && {
      logGroup: audit.arnOf('logs', audit.account, `log-group:${logGroup}:*`),
      role: roleArn({ id: audit.account, partition: audit.partition }, role.name),
    }),
    status: known({ logging: false }),
    selectors: known(DEFAULT_SELECTORS),
  };
}
