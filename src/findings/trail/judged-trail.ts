import type { CloudTrail } from '../../model/baseline/detection.ts';
import { UnknownFact } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { EventSelectors, Trail } from '../../services/cloudtrail/facts.ts';
import { type AccountAudit, judgeEach, type Outcome, type RegionAudit } from '../control.ts';
import { type Access, dataGaps, type Gaps, isWhole, managementGaps } from './selected-events.ts';

/** A trail, in the Region in which it was seen: its home Region, where that was read. */
export interface SeenTrail {
  readonly trail: Trail;
  readonly audit: RegionAudit;
}

/** What controls say where there is no trail, which is the finding of another. */
export const noTrailMessages = { noTrail: 'There is no trail to judge.' } as const;

/** The management events that a baseline asks for. */
export const ACCESSES = {
  all: ['reads', 'writes'],
  'read-only': ['reads'],
  'write-only': ['writes'],
} as const satisfies Record<CloudTrail['managementEvents'], readonly Access[]>;

/** The type of what a baseline can ask to be logged. */
const DATA_TYPES = { s3: 'AWS::S3::Object', lambda: 'AWS::Lambda::Function' } as const;

/** A trail as the resource of a finding. */
export const trailResource = ({ arn, name }: Pick<Trail, 'arn' | 'name'>): Resource => ({
  type: 'AWS::CloudTrail::Trail',
  arn,
  id: name,
});

/** Judges the trail as {@link judgeTrailOr} does; where there is none, there is nothing to judge. */
export const judgeTheTrail = <Message extends string>(
  audit: AccountAudit,
  judge: (seen: SeenTrail) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message | keyof typeof noTrailMessages>> =>
  judgeTrailOr<Message | keyof typeof noTrailMessages>(audit, judge, () => ({
    status: 'not-applicable',
    resource: audit.account,
    message: 'noTrail',
  }));

/**
 * Judges the trail that does the most of what the baseline asks for, since one good one is enough: one for the account,
 * or, where the baseline asks for no multi-Region trail, one for each Region; or says what it means that there is none.
 */
export function* judgeTrailOr<Message extends string>(
  audit: AccountAudit,
  judge: (seen: SeenTrail) => Iterable<Outcome<Message>>,
  absent: (regions: string) => Outcome<Message>,
): Iterable<Outcome<Message>> {
  const { multiRegion } = audit.baseline.cloudTrail;
  const groups = multiRegion ? [audit.regions] : audit.regions.map(region => [region]);
  const found = groups.map(regions => bestOf(regions, audit));
  const distinct = new Map(found.flatMap(seen => (seen === undefined ? [] : [[seen.trail.arn, seen]])));
  yield* judgeEach(
    distinct.values(),
    ({ trail, audit: { region } }) => ({ resource: trailResource(trail), region }),
    judge,
  );
  const without = groups.filter((_, index) => found[index] === undefined).flat();
  if (without.length === 0) return;
  yield absent(
    without
      .map(({ region }) => region)
      .sort()
      .join(', '),
  );
}

/** The best trail that some Regions show; undefined where there is surely none. Throws UnknownFact. */
function bestOf(regions: readonly RegionAudit[], { baseline, skipped }: AccountAudit): SeenTrail | undefined {
  const best = bestTrail(trailsOf(regions), baseline.cloudTrail);
  if (best !== undefined) return best;
  for (const region of regions) region.value('cloudtrail.trails');
  const [first] = skipped;
  if (first !== undefined) throw new UnknownFact(first.reason);
  return undefined;
}

/** Each trail once. Where a Region cannot be read, others may show the same one. */
export function trailsOf(regions: readonly RegionAudit[]): SeenTrail[] {
  const seen = new Map<string, SeenTrail>();
  for (const audit of regions) {
    const trails = audit.fact('cloudtrail.trails');
    for (const trail of trails.kind === 'known' ? trails.value : [])
      if (!seen.has(trail.arn) || trail.homeRegion === audit.region) seen.set(trail.arn, { trail, audit });
  }
  return [...seen.values()];
}

/** The one of some trails that does the most of what is asked for. */
export function bestTrail(trails: readonly SeenTrail[], wanted: CloudTrail): SeenTrail | undefined {
  const ranked = trails.map(seen => ({ seen, rank: rankOf(seen, wanted) }));
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.seen;
}

/** By what it lacks, then the baseline's own before others: a text, so that ranks can be put in order. */
const rankOf = ({ trail }: SeenTrail, wanted: CloudTrail): string =>
  [shortfalls(trail, wanted), trail.name === wanted.name ? 0 : 1, trail.arn].join(' ');

/** How much of what is asked for a trail does not do, as far as it tells itself; what is not known is not done. */
function shortfalls(trail: Trail, wanted: CloudTrail): number {
  const { status, selectors, multiRegion, globalServiceEvents, validated, key, logGroup } = trail;
  const selects = (gaps: (of: EventSelectors) => Gaps) =>
    selectors.kind === 'known' && isWhole(gaps(selectors.value));
  const done = [
    status.kind === 'known' && status.value.logging && status.value.deliveryError === undefined,
    multiRegion || !wanted.multiRegion,
    globalServiceEvents || !wanted.globalServiceEvents,
    selects(of => managementGaps(of, ACCESSES[wanted.managementEvents])),
    ...askedTypes(wanted).map(type => selects(of => dataGaps(of, type))),
    validated || !wanted.files.validated,
    key !== undefined || !wanted.files.customerKey,
    logGroup !== undefined || !wanted.cloudWatchLogs,
  ];
  return done.filter(isDone => !isDone).length;
}

/** The types of data events that the baseline asks for. */
export const askedTypes = ({ dataEvents: { s3, lambda } }: CloudTrail): string[] => [
  ...(s3 ? [DATA_TYPES.s3] : []),
  ...(lambda ? [DATA_TYPES.lambda] : []),
];
