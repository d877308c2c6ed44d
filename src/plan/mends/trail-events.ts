import { ACCESSES, askedTypes } from '../../findings/trail/judged-trail.ts';
import { dataGaps, isWhole, managementGaps } from '../../findings/trail/selected-events.ts';
import type { CloudTrail } from '../../model/baseline/detection.ts';
import type { EventSelectors } from '../../services/cloudtrail/facts.ts';

/** The selectors with one for each kind of event that is not logged whole; those that are there stay, but for what they leave out. */
export function withEvents(from: EventSelectors, wanted: CloudTrail, partition: string): EventSelectors {
  const lacksManagement = !isWhole(managementGaps(from, ACCESSES[wanted.managementEvents]));
  const types = askedTypes(wanted).filter(type => !isWhole(dataGaps(from, type)));
  if (from.form === 'advanced')
    return {
      form: 'advanced',
      selectors: [
        ...from.selectors,
        ...(lacksManagement ? [advancedSelector({ eventCategory: 'Management' })] : []),
        ...types.map(type => advancedSelector({ eventCategory: 'Data', 'resources.type': type })),
      ],
    };
  const added = [
    ...(lacksManagement
      ? [{ ...BARE, readWrite: READ_WRITE[wanted.managementEvents], management: true }]
      : []),
    ...(types.length > 0
      ? [{ ...BARE, data: types.map(type => ({ type, values: [wholeOf(type, partition)] })) }]
      : []),
  ];
  // One selector has all management events then, and the others keep their data events.
  const kept = from.selectors.map(selector =>
    lacksManagement ? { ...selector, management: false, excluded: [] } : selector,
  );
  return {
    form: 'classic',
    selectors: [...kept.filter(({ management, data }) => management || data.length > 0), ...added],
  };
}

const BARE = { readWrite: 'All', management: false, excluded: [], data: [] };

const READ_WRITE = {
  all: 'All',
  'read-only': 'ReadOnly',
  'write-only': 'WriteOnly',
} as const satisfies Record<CloudTrail['managementEvents'], string>;

const advancedSelector = (fields: Record<string, string>) => ({
  fields: Object.entries(fields).map(([field, value]) => ({ field, conditions: { Equals: [value] } })),
});

/** The beginning that all ARNs of a type have (API_DataResource). */
const wholeOf = (type: string, partition: string): string =>
  `arn:${partition}:${type === 'AWS::S3::Object' ? 's3' : 'lambda'}`;
