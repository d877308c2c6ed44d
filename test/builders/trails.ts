import { Region } from '../../src/model/identifiers.ts';
import type { EventSelectors, Trail } from '../../src/services/cloudtrail/facts.ts';
import { KEY } from './encryption.ts';
import { OWNER, REGION } from './place.ts';
import type { Facts } from './shop.ts';

const known = <T>(value: T) => ({ kind: 'known' as const, value });

/** Selectors in the older form, each of every management event or with something else about it. */
export const classic = (
  ...changes: Partial<Extract<EventSelectors, { form: 'classic' }>['selectors'][number]>[]
): EventSelectors => ({
  form: 'classic',
  selectors: changes.map(change => ({
    readWrite: 'All',
    management: true,
    excluded: [],
    data: [],
    ...change,
  })),
});

/** Selectors in the newer form, each as the conditions of its fields: `{ eventCategory: { Equals: ['Management'] } }`. */
export const advanced = (...selectors: Record<string, Record<string, string[]>>[]): EventSelectors => ({
  form: 'advanced',
  selectors: selectors.map(fields => ({
    fields: Object.entries(fields).map(([field, conditions]) => ({ field, conditions })),
  })),
});

/** The ARN of a trail of the shop's. */
export const trailArn = (name: string): string => `arn:aws:cloudtrail:${REGION}:${OWNER}:trail/${name}`;

/** A trail as the baseline wants it, or with something else about it. */
export const trail = (change: Partial<Trail> = {}): Trail => ({
  name: 'securecart',
  arn: trailArn(change.name ?? 'securecart'),
  homeRegion: Region.parse(REGION),
  bucket: 'shop',
  multiRegion: true,
  organization: false,
  globalServiceEvents: true,
  validated: true,
  key: KEY,
  logGroup: `arn:aws:logs:${REGION}:${OWNER}:log-group:trail:*`,
  role: `arn:aws:iam::${OWNER}:role/trail`,
  status: known({ logging: true }),
  selectors: known(classic({})),
  ...change,
});

/** The trail of the shop. */
export const trails = (): Pick<Facts, 'cloudtrail.trails' | 'cloudtrail.trailTags'> => ({
  'cloudtrail.trails': [trail()],
  'cloudtrail.trailTags': [{ trail: trailArn('securecart'), tags: known({}) }],
});
