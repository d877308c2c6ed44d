import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './logging.ts';

const having =
  (...trails: ReturnType<typeof trail>[]) =>
  (facts: Facts) => {
    facts['cloudtrail.trails'] = trails;
  };
const known = <T>(value: T) => ({ kind: 'known' as const, value });
const resource = 'securecart';

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource, message: 'It is on, and S3 takes its files.' }],
  },
  'no trail, which is the finding of another control': {
    given: having(),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no trail to judge.' }],
  },
  'one that is there and off, which a check that only looks for it passes': {
    given: having(trail({ status: known({ logging: false }) })),
    expect: [{ status: 'fail', resource, message: 'It is turned off: nothing is logged.' }],
  },
  'one whose bucket is gone, which logs by its own word': {
    given: having(trail({ status: known({ logging: true, deliveryError: 'NoSuchBucket' }) })),
    expect: [{ status: 'fail', resource, message: 'S3 takes no file of it: NoSuchBucket.' }],
  },
  'one that is off beside one that is on': {
    given: having(trail({ status: known({ logging: false }) }), trail({ name: 'other' })),
    expect: [{ status: 'pass', resource: 'other' }],
  },
  'a status that cannot be read': {
    given: having(
      trail({
        status: { kind: 'unknown', reason: { kind: 'denied', call: 'cloudtrail:GetTrailStatus' } },
      }),
    ),
    expect: [
      { status: 'unknown', resource, message: 'This cannot be judged without cloudtrail:GetTrailStatus.' },
    ],
  },
});
