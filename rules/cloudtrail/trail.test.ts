import { Region } from '../../src/model/identifiers.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { advanced, trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './trail.ts';

const having =
  (...trails: ReturnType<typeof trail>[]) =>
  (facts: Facts) => {
    facts['cloudtrail.trails'] = trails;
  };
const known = <T>(value: T) => ({ kind: 'known' as const, value });
const elsewhere = Region.parse('us-east-1');

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource: 'securecart', message: 'It logs every Region.' }],
  },
  'no trail': {
    given: having(),
    expect: [{ status: 'fail', resource: OWNER, message: 'No trail logs what is called in eu-west-1.' }],
  },
  'one of this Region alone, without the services that have none': {
    given: having(trail({ multiRegion: false, globalServiceEvents: false })),
    expect: [
      {
        status: 'fail',
        resource: 'securecart',
        key: 'global',
        message: 'It leaves out the services without a Region: nobody sees what is done in IAM.',
      },
      {
        status: 'fail',
        resource: 'securecart',
        key: 'region',
        message: 'It logs eu-west-1 alone: what is called in any other Region is not logged.',
      },
    ],
  },
  'the same, where the baseline asks for no more': {
    given: having(trail({ multiRegion: false, globalServiceEvents: false })),
    baseline: baseline => ({
      ...baseline,
      cloudTrail: { ...baseline.cloudTrail, multiRegion: false, globalServiceEvents: false },
    }),
    expect: [{ status: 'pass', resource: 'securecart', message: 'It logs eu-west-1.' }],
  },
  'a multi-Region trail of another Region, which a check of the Region alone misses': {
    given: having(
      trail({ homeRegion: elsewhere, arn: `arn:aws:cloudtrail:us-east-1:${OWNER}:trail/all`, name: 'all' }),
    ),
    expect: [{ status: 'pass', resource: 'all' }],
  },
  'the trail of an organization, of another account': {
    given: having(
      trail({ name: 'org', organization: true, arn: 'arn:aws:cloudtrail:us-east-1:999999999999:trail/org' }),
    ),
    expect: [{ status: 'pass', resource: 'org' }],
  },
  'two that log the same, of which the second is charged for': {
    given: having(trail(), trail({ name: 'copy' })),
    expect: [
      {
        status: 'pass',
        resource: 'securecart',
        message:
          'It logs every Region. copy logs management events too: AWS charges for every copy of them but the first.',
      },
    ],
  },
  'two, of which one is off and one logs data events alone': {
    given: having(
      trail(),
      trail({ name: 'off', status: known({ logging: false }) }),
      trail({ name: 'data', selectors: known(advanced({ eventCategory: { Equals: ['Data'] } })) }),
    ),
    expect: [{ status: 'pass', resource: 'securecart', message: 'It logs every Region.' }],
  },
  'a bad one beside a good one': {
    given: having(trail({ name: 'bad', multiRegion: false }), trail({ name: 'good' })),
    expect: [{ status: 'pass', resource: 'good' }],
  },
});
