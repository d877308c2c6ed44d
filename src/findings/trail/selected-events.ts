import type { EventSelectors, FieldSelector } from '../../services/cloudtrail/facts.ts';

/** What an event does: CloudTrail logs reads and writes apart. */
export type Access = 'reads' | 'writes';

/** The events of one kind that one selector fits, whichever form it is written in. */
interface Selection {
  readonly accesses: readonly Access[];
  /** The services whose events are left out. */
  readonly excluded: readonly string[];
  /** By what else it takes only some of them; absent where it takes them all. */
  readonly narrowed?: string;
}

/** What of the wanted events a trail does not log. */
export interface Gaps {
  /** Logged by no selector. */
  readonly missing: readonly Access[];
  /** Logged in part, by the selectors that are told. */
  readonly partial: readonly Access[];
  readonly narrowed: readonly string[];
  /** Left out by every selector that would log them. */
  readonly excluded: readonly string[];
}

/** What of the management events a trail does not log. */
export const managementGaps = (selectors: EventSelectors, wanted: readonly Access[]): Gaps =>
  gapsOf(managementEvents(selectors), wanted);

/** The same of the data events of one type, such as `AWS::S3::Object`. */
export const dataGaps = (selectors: EventSelectors, type: string): Gaps =>
  gapsOf(dataEvents(selectors, type), ['reads', 'writes']);

/** Whether a trail logs management events at all, which AWS charges for from the second trail on. */
export const logsManagement = (selectors: EventSelectors): boolean => managementEvents(selectors).length > 0;

/** Whether nothing of the wanted events is missing. */
export const isWhole = ({ missing, partial, excluded }: Gaps): boolean =>
  missing.length + partial.length + excluded.length === 0;

function gapsOf(selections: readonly Selection[], wanted: readonly Access[]): Gaps {
  const of = (access: Access) => selections.filter(({ accesses }) => accesses.includes(access));
  const whole = (access: Access) => of(access).filter(({ narrowed }) => narrowed === undefined);
  const short = wanted.filter(access => whole(access).length === 0);
  const excluded = wanted.flatMap(access => {
    const [first, ...others] = whole(access);
    return (first?.excluded ?? []).filter(source => others.every(other => other.excluded.includes(source)));
  });
  return {
    missing: short.filter(access => of(access).length === 0),
    partial: short.filter(access => of(access).length > 0),
    narrowed: [...new Set(short.flatMap(of).flatMap(({ narrowed }) => narrowed ?? []))],
    excluded: [...new Set(excluded)].sort(),
  };
}

function managementEvents(selectors: EventSelectors): Selection[] {
  if (selectors.form === 'classic')
    return selectors.selectors
      .filter(({ management }) => management)
      .map(({ readWrite, excluded }) => ({ accesses: accessesOf(readWrite), excluded }));
  return ofCategory(selectors, 'Management').map(fields => {
    const excluded = fields.filter(isExclusion).flatMap(({ conditions: { NotEquals = [] } }) => NotEquals);
    return advanced(
      fields.filter(field => !isExclusion(field)),
      excluded,
    );
  });
}

/** A selector of sources that only says which ones are left out. */
const isExclusion = ({ field, conditions }: FieldSelector): boolean =>
  field === 'eventSource' && Object.keys(conditions).join() === 'NotEquals';

function dataEvents(selectors: EventSelectors, type: string): Selection[] {
  if (selectors.form === 'classic')
    return selectors.selectors.flatMap(({ readWrite, data }) =>
      data
        .filter(resources => resources.type === type)
        .map(({ values }) => ({
          accesses: accessesOf(readWrite),
          excluded: [],
          ...(!values.some(isEveryResource) && { narrowed: values.join(', ') }),
        })),
    );
  return ofCategory(selectors, 'Data')
    .filter(fields => fields.some(field => isOfType(field, type)))
    .map(fields =>
      advanced(
        fields.filter(field => !isOfType(field, type)),
        [],
      ),
    );
}

const isOfType = ({ field, conditions }: FieldSelector, type: string): boolean =>
  field === 'resources.type' && (conditions.Equals ?? []).includes(type);

/** The beginning that the ARNs of all buckets, or of all functions, have (API_DataResource). */
const isEveryResource = (value: string): boolean => /^arn:[\w-]+:(s3(:::)?|lambda)$/.test(value);

/** The other fields of each selector of a category. */
const ofCategory = (
  { selectors }: Extract<EventSelectors, { form: 'advanced' }>,
  category: string,
): FieldSelector[][] =>
  selectors
    .map(({ fields }) => fields)
    .filter(fields =>
      fields.some(
        ({ field, conditions }) => field === 'eventCategory' && conditions.Equals?.includes(category),
      ),
    )
    .map(fields => fields.filter(({ field }) => field !== 'eventCategory'));

function advanced(fields: readonly FieldSelector[], excluded: readonly string[]): Selection {
  const isAccess = ({ field, conditions }: FieldSelector) =>
    field === 'readOnly' && Object.keys(conditions).join() === 'Equals';
  const told = fields.find(isAccess)?.conditions.Equals ?? ['true', 'false'];
  const narrowing = fields.filter(field => !isAccess(field)).map(inWords);
  return {
    accesses: [
      ...(told.includes('true') ? ['reads' as const] : []),
      ...(told.includes('false') ? ['writes' as const] : []),
    ],
    excluded,
    ...(narrowing.length > 0 && { narrowed: narrowing.join(' and ') }),
  };
}

const inWords = ({ field, conditions }: FieldSelector): string =>
  Object.entries(conditions)
    .map(([operator, values]) => `${field} ${operator} ${values.join(', ')}`)
    .join(' and ');

function accessesOf(readWrite: string): Access[] {
  if (readWrite === 'All') return ['reads', 'writes'];
  return readWrite === 'ReadOnly' ? ['reads'] : ['writes'];
}
