import type { Region } from '../../model/identifiers.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';
import { setFields } from '../set-fields.ts';
import type { EventSelectors, Trail } from './facts.ts';

/** What plans compare of a trail; null stands for what it has not. */
export interface TrailTerms {
  readonly name: string;
  readonly bucket: string;
  readonly multiRegion: boolean;
  readonly globalServiceEvents: boolean;
  readonly validated: boolean;
  readonly key: string | null;
  readonly logGroup: string | null;
  readonly role: string | null;
  readonly logging: boolean;
  readonly selectors: EventSelectors;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a trail selects that nobody has told otherwise: every management event (API_CreateTrail). */
export const DEFAULT_SELECTORS: EventSelectors = {
  form: 'classic',
  selectors: [{ readWrite: 'All', management: true, excluded: [], data: [] }],
};

/** A trail as plans compare it. */
export const trailState = ({ selectors, ...terms }: TrailTerms): ObjectState => ({
  ...terms,
  selectors: inputOf(selectors),
});

/** The terms that a trail is on, by what is known of it. */
export const termsOf = (
  {
    name,
    bucket,
    multiRegion,
    globalServiceEvents,
    validated,
    key,
    logGroup,
    role,
  }: Omit<Trail, 'status' | 'selectors'>,
  more: Pick<TrailTerms, 'logging' | 'selectors' | 'tags'>,
): TrailTerms => ({
  name,
  bucket,
  multiRegion,
  globalServiceEvents,
  validated,
  key: key ?? null,
  logGroup: logGroup ?? null,
  role: role ?? null,
  ...more,
});

/** A trail as an object of a plan, in its home Region. */
export const trailObject = (region: Region, name: string): LiveObject => ({
  kind: 'trail',
  region,
  id: name,
});

/** Creates a trail that does not log yet. `bucket` and the ARNs may hold stand-ins. */
export function createTrail(
  terms: TrailTerms,
  { region, id, title }: { region: Region; id: ChangeId; title: string },
): Change {
  const { name, tags, ...rest } = terms;
  const created = { $created: id };
  const TagsList = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    id,
    title,
    object: { kind: 'trail', region, id: created },
    edit: { kind: 'create', state: trailState(terms) },
    call: trailCall('CreateTrail', {
      Name: name,
      ...settingsOf(rest, field => rest[field] !== null),
      TagsList,
    }),
    permissions: ['cloudtrail:CreateTrail', 'cloudtrail:AddTags', ...passing(rest)],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: trailCall('DeleteTrail', { Name: created }),
      permissions: ['cloudtrail:DeleteTrail'],
    },
  };
}

type Settings = Pick<
  TrailTerms,
  'bucket' | 'multiRegion' | 'globalServiceEvents' | 'validated' | 'key' | 'logGroup' | 'role'
>;

/** The settings that CreateTrail and UpdateTrail have in common, by CloudTrail's names. */
const SETTINGS = {
  bucket: 'S3BucketName',
  multiRegion: 'IsMultiRegionTrail',
  globalServiceEvents: 'IncludeGlobalServiceEvents',
  validated: 'EnableLogFileValidation',
  key: 'KmsKeyId',
  logGroup: 'CloudWatchLogsLogGroupArn',
  role: 'CloudWatchLogsRoleArn',
} as const satisfies Record<keyof Settings, string>;

const FIELDS = [
  'bucket',
  'multiRegion',
  'globalServiceEvents',
  'validated',
  'key',
  'logGroup',
  'role',
] as const;

/** An empty text takes away what a trail has. */
const settingsOf = (settings: Settings, isGiven: (field: keyof Settings) => boolean): JsonObject =>
  Object.fromEntries(
    FIELDS.filter(isGiven).map((field): [string, Json] => [SETTINGS[field], settings[field] ?? '']),
  );

const passing = ({ role }: Settings): string[] => (role === null ? [] : ['iam:PassRole']);

type About = { readonly region: Region; readonly id: ChangeId; readonly title: string };

/** Lets a trail be on other terms, of those that UpdateTrail sets; `after` are the changes that make what it names. */
export function updateTrail(
  from: TrailTerms,
  to: TrailTerms,
  { region, id, title }: About,
  after: readonly ChangeId[],
): Change {
  const isChanged = (field: keyof Settings) => from[field] !== to[field];
  const call = (terms: TrailTerms) =>
    trailCall('UpdateTrail', { Name: from.name, ...settingsOf(terms, isChanged) });
  return {
    id,
    title,
    object: trailObject(region, from.name),
    edit: setFields(trailState(from), trailState(to)),
    call: call(to),
    permissions: ['cloudtrail:UpdateTrail', ...(isChanged('role') ? passing(to) : [])],
    effect: NO_EFFECT,
    dependsOn: [...after],
    undo: {
      kind: 'call',
      call: call(from),
      permissions: ['cloudtrail:UpdateTrail', ...(isChanged('role') ? passing(from) : [])],
    },
  };
}

/** Lets a trail log other events. */
export function selectEvents(
  name: string,
  from: EventSelectors,
  to: EventSelectors,
  { region, id, title }: About,
): Change {
  const call = (selectors: EventSelectors) =>
    trailCall('PutEventSelectors', { TrailName: name, ...inputOf(selectors) });
  return {
    id,
    title,
    object: trailObject(region, name),
    edit: { kind: 'set', fields: { selectors: { from: inputOf(from), to: inputOf(to) } } },
    call: call(to),
    permissions: ['cloudtrail:PutEventSelectors'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: call(from), permissions: ['cloudtrail:PutEventSelectors'] },
  };
}

/** Turns a trail on. */
export const startLogging = (name: string, { region, id, title }: About): Change => ({
  id,
  title,
  object: trailObject(region, name),
  edit: { kind: 'set', fields: { logging: { from: false, to: true } } },
  call: trailCall('StartLogging', { Name: name }),
  permissions: ['cloudtrail:StartLogging'],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: {
    kind: 'call',
    call: trailCall('StopLogging', { Name: name }),
    permissions: ['cloudtrail:StopLogging'],
  },
});

/** Selectors as PutEventSelectors takes them. */
const inputOf = (from: EventSelectors): JsonObject =>
  from.form === 'classic'
    ? {
        EventSelectors: from.selectors.map(({ readWrite, management, excluded, data }) => ({
          ReadWriteType: readWrite,
          IncludeManagementEvents: management,
          ExcludeManagementEventSources: [...excluded],
          DataResources: data.map(({ type, values }) => ({ Type: type, Values: [...values] })),
        })),
      }
    : {
        AdvancedEventSelectors: from.selectors.map(({ name, fields }) => ({
          ...(name !== undefined && { Name: name }),
          FieldSelectors: fields.map(({ field, conditions }) => ({ Field: field, ...conditions })),
        })),
      };

const trailCall = (operation: string, input: JsonObject): Call => ({
  service: 'cloudtrail',
  operation,
  input,
});
