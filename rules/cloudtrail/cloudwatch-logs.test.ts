import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './cloudwatch-logs.ts';

const having =
  (...trails: ReturnType<typeof trail>[]) =>
  (facts: Facts) => {
    facts['cloudtrail.trails'] = trails;
  };
const without = () => {
  const { logGroup: _, role: __, ...rest } = trail();
  return rest;
};
const resource = 'securecart';

testControl(control, {
  'as the baseline wants': {
    expect: [{ status: 'pass', resource, message: 'It arrives in trail.' }],
  },
  'no trail': {
    given: having(),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no trail to judge.' }],
  },
  'the bucket alone': {
    given: having(without()),
    expect: [{ status: 'fail', resource, key: 'none', message: 'It is delivered to the bucket alone.' }],
  },
  'a log group that takes nothing, which a check for its ARN passes': {
    given: having(trail({ status: { kind: 'known', value: { logging: true, logsError: 'AccessDenied' } } })),
    expect: [
      {
        status: 'fail',
        resource,
        key: 'undelivered',
        message: 'CloudWatch Logs takes nothing of it: AccessDenied.',
      },
    ],
  },
  'a baseline that does not ask for it': {
    baseline: baseline => ({ ...baseline, cloudTrail: { ...baseline.cloudTrail, cloudWatchLogs: false } }),
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'The baseline does not ask for it.' }],
  },
});
