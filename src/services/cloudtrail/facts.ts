import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';
import { Region } from '../../model/identifiers.ts';

/** What a field of an event must be, or must not be. */
const FieldSelector = z.strictObject({
  field: z.string(),
  /** By CloudTrail's names: `Equals`, `NotStartsWith`, …; a field fits one value of each. */
  conditions: z.record(z.string(), z.array(z.string())),
});
export type FieldSelector = z.infer<typeof FieldSelector>;

/** Which events a trail logs, in either of CloudTrail's two forms; a trail has one of them. An event that fits one selector is logged. */
export const EventSelectors = z.discriminatedUnion('form', [
  z.strictObject({
    form: z.literal('classic'),
    selectors: z.array(
      z.strictObject({
        /** `All`, `ReadOnly` or `WriteOnly`. */
        readWrite: z.string(),
        management: z.boolean(),
        /** The services whose management events are left out, such as `kms.amazonaws.com`. */
        excluded: z.array(z.string()),
        /** Such as `AWS::S3::Object`, and the beginnings of ARNs. */
        data: z.array(z.strictObject({ type: z.string(), values: z.array(z.string()) })),
      }),
    ),
  }),
  z.strictObject({
    form: z.literal('advanced'),
    selectors: z.array(
      z.strictObject({
        name: z.string().optional(),
        /** All of them must fit. */
        fields: z.array(FieldSelector),
      }),
    ),
  }),
]);
export type EventSelectors = z.infer<typeof EventSelectors>;

/** How it goes with a trail in the Region that was asked. */
const TrailStatus = z.strictObject({
  logging: z.boolean(),
  /** What S3 answered the last time that a file was delivered; absent where it took it. */
  deliveryError: z.string().optional(),
  /** The same of CloudWatch Logs. */
  logsError: z.string().optional(),
});
export type TrailStatus = z.infer<typeof TrailStatus>;

/** A trail that logs events of the Region; it may be another Region's, or another account's of the organization. */
export const Trail = z.strictObject({
  name: z.string(),
  /** Its account is the one whose trail it is. */
  arn: z.string(),
  /** Where it can be changed. */
  homeRegion: Region,
  bucket: z.string(),
  prefix: z.string().optional(),
  multiRegion: z.boolean(),
  organization: z.boolean(),
  globalServiceEvents: z.boolean(),
  validated: z.boolean(),
  /** The ARN of a key of KMS; absent where S3's own key encrypts the files. */
  key: z.string().optional(),
  logGroup: z.string().optional(),
  role: z.string().optional(),
  status: fact(TrailStatus),
  selectors: fact(EventSelectors),
});
export type Trail = z.infer<typeof Trail>;

/** The facts of CloudTrail, each of one Region. */
export const cloudTrailFacts = {
  'cloudtrail.trails': snapshotFact(z.array(Trail)),
  /** The tags of the account's own trails, by which a plan tells who else writes them. */
  'cloudtrail.trailTags': snapshotFact(
    z.array(z.strictObject({ trail: z.string(), tags: fact(z.record(z.string(), z.string())) })),
  ),
};
