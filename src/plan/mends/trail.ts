import { trailResource } from '../../findings/trail/judged-trail.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { type Change, inChangeId } from '../../model/plan.ts';
import {
  selectEvents,
  startLogging,
  type TrailTerms,
  termsOf,
  trailObject,
  trailState,
  updateTrail,
} from '../../services/cloudtrail/changes.ts';
import type { Trail } from '../../services/cloudtrail/facts.ts';
import { roleArn } from '../../services/iam/changes.ts';
import { aboutFinding, leave, unlessManaged } from '../leave.ts';
import { deliverySupplies, type Supply } from '../provision/log-delivery.ts';
import { isStandIn } from '../provision/part.ts';
import { trailDelivery } from '../provision/trail-delivery.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { withEvents } from './trail-events.ts';

/**
 * Lets a trail that is there do what the baseline asks for. Which key its readers may decrypt with, and who may read its
 * bucket, is for people to say; and where it is turned on and nothing arrives, its bucket or its role is what is wrong.
 */
export const trails: Planner = {
  controls: [
    'cloudtrail/trail',
    'cloudtrail/logging',
    'cloudtrail/management-events',
    'cloudtrail/data-events',
    'cloudtrail/file-validation',
    'cloudtrail/cloudwatch-logs',
  ],
  needs: ['cloudtrail.trails', 'cloudtrail.trailTags', 'logs.logGroups', 'iam.roles'],
  plan: (scene, failing) =>
    together(
      scene.audit.value('cloudtrail.trails').map(trail => {
        const own = failing.filter(finding => finding.resource.arn === trail.arn && isMended(finding, trail));
        return own.length === 0 ? NOTHING : mend(scene, trail, own);
      }),
    ),
};

/** Whether a change of the trail mends a finding. */
const isMended = ({ control, key }: Finding, { status }: Trail): boolean => {
  if (control === 'cloudtrail/logging') return !need(status).logging;
  return control !== 'cloudtrail/cloudwatch-logs' || key === 'none';
};

/** Throws UnknownFact. */
function mend(scene: Scene, trail: Trail, failing: readonly Finding[]): Proposal {
  const { audit, region } = scene;
  const about = { region, resource: trailResource(trail), for: failing.map(causeOf) };
  const elsewhere = whereItIsChanged(scene, trail);
  if (elsewhere !== undefined)
    return together(failing.map(finding => leave(aboutFinding(finding), 'no-mend', elsewhere)));
  const now = termsNow(scene, trail);
  const supplies = failing.some(({ control }) => control === 'cloudtrail/cloudwatch-logs')
    ? deliverySupplies(scene, trailDelivery(scene))
    : NO_SUPPLY;
  if ('leftAlone' in supplies) {
    const { leftAlone } = supplies;
    return { ...NOTHING, leftAlone: leftAlone.map(item => ({ ...item, for: about.for })) };
  }
  const changes = changesOf(scene, now, supplies, failing);
  const isOff = changes.every(({ call }) => call.operation === 'StartLogging');
  const name = isStandIn(trail.name) ? audit.baseline.cloudTrail.name : trail.name;
  return unlessManaged(scene, about, now.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: `cloudtrail/${region}/${inChangeId(trail.name)}/mend`,
        title: isOff ? `turn on the trail ${name}` : `let the trail ${name} log what the baseline asks for`,
        risk: isOff ? 'safe' : 'review',
        ...costOf(changes, failing),
        changes,
      },
    ],
    fingerprints: [
      ...supplies.fingerprints,
      { object: trailObject(region, trail.name), state: trailState(now) },
    ],
  }));
}

/** Throws UnknownFact. */
function termsNow({ audit }: Scene, trail: Trail): TrailTerms {
  const tags = audit.value('cloudtrail.trailTags').find(one => one.trail === trail.arn)?.tags;
  return termsOf(trail, {
    logging: need(trail.status).logging,
    selectors: need(trail.selectors),
    tags: tags === undefined ? {} : need(tags),
  });
}

const NO_SUPPLY: Supply = { changes: [], fingerprints: [], adopted: [] };

/** Why a trail cannot be changed from here; undefined where it can. */
function whereItIsChanged({ audit, region }: Scene, { arn, homeRegion }: Trail): string | undefined {
  const owner = arn.split(':')[4] ?? '';
  if (owner !== audit.account)
    return `It is the trail of account ${owner}, which keeps it for the organization: ask there.`;
  return homeRegion === region
    ? undefined
    : `It can be changed in its home Region alone: securecart fix --region ${homeRegion}`;
}

function changesOf(scene: Scene, now: TrailTerms, supplies: Supply, failing: readonly Finding[]): Change[] {
  const { audit, region } = scene;
  const wanted = audit.baseline.cloudTrail;
  const fails = (...controls: string[]) => failing.some(({ control }) => controls.includes(control));
  const about = (what: string, title: string) => ({
    region,
    id: `cloudtrail/${region}/${inChangeId(now.name)}/${what}`,
    title,
  });
  const set = settingsFor(scene, now, fails);
  const selectors = withEvents(now.selectors, wanted, audit.partition);
  const selected = fails('cloudtrail/management-events', 'cloudtrail/data-events');
  const own = [
    ...(set === now
      ? []
      : [
          updateTrail(
            now,
            set,
            about('settings', `let it ${differences(now, set)}`),
            supplies.changes.map(({ id }) => id),
          ),
        ]),
    ...(selected
      ? [
          selectEvents(
            now.name,
            now.selectors,
            selectors,
            about('selectors', 'log the events that the baseline asks for, besides those that it logs'),
          ),
        ]
      : []),
    ...(fails('cloudtrail/logging') ? [startLogging(now.name, about('logging', 'turn it on'))] : []),
  ];
  return [...supplies.changes, ...inTurn(own)];
}

/** Changes of one object, each after the one before it. */
const inTurn = (changes: readonly Change[]): Change[] =>
  changes.map((change, index) => ({
    ...change,
    dependsOn: [...change.dependsOn, ...changes.slice(0, index).map(({ id }) => id)],
  }));

/** The terms with what UpdateTrail has to set for the controls that fail; the same ones where it has nothing to. */
function settingsFor(scene: Scene, now: TrailTerms, fails: (...controls: string[]) => boolean): TrailTerms {
  const { audit } = scene;
  const { multiRegion, globalServiceEvents } = audit.baseline.cloudTrail;
  const { logGroup, role } = trailDelivery(scene);
  const isWider = fails('cloudtrail/trail');
  const isDelivered = fails('cloudtrail/cloudwatch-logs');
  const isValidated = fails('cloudtrail/file-validation');
  if (!isWider && !isDelivered && !isValidated) return now;
  return {
    ...now,
    ...(isWider && {
      multiRegion: multiRegion || now.multiRegion,
      // CloudTrail takes no multi-Region trail without them.
      globalServiceEvents: globalServiceEvents || multiRegion || now.globalServiceEvents,
    }),
    ...(isValidated && { validated: true }),
    ...(isDelivered && {
      logGroup: audit.arnOf('logs', audit.account, `log-group:${logGroup}:*`),
      role: roleArn({ id: audit.account, partition: audit.partition }, role.name),
    }),
  };
}

const TITLES = {
  multiRegion: 'log every Region',
  globalServiceEvents: 'log the services without a Region',
  validated: 'sign its files',
  logGroup: 'deliver to CloudWatch Logs as well',
} as const;

const differences = (from: TrailTerms, to: TrailTerms): string =>
  (['multiRegion', 'globalServiceEvents', 'validated', 'logGroup'] as const)
    .filter(field => from[field] !== to[field])
    .map(field => TITLES[field])
    .join(', ');

/** What more is charged for once that is mended; absent where it is nothing. */
function costOf(changes: readonly Change[], failing: readonly Finding[]): { cost?: string } {
  const of = (...controls: string[]) => failing.some(({ control }) => controls.includes(control));
  const costs = [
    ...(of('cloudtrail/trail', 'cloudtrail/management-events')
      ? [
          'the first copy of management events is free, a further one is charged for by the event, and S3 charges for storing the files',
        ]
      : []),
    ...(of('cloudtrail/data-events') ? ['data events are charged for by the event'] : []),
    ...(changes.some(({ call }) => call.service === 'logs')
      ? [
          'CloudWatch Logs charges by the GB for what it is given; cloudTrail.cloudWatchLogs: false in the baseline leaves that out',
        ]
      : []),
  ];
  return costs.length === 0 ? {} : { cost: costs.join('; ') };
}
