import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { EventSelectors } from '../../src/services/cloudtrail/facts.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { advanced, classic, trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './data-events.ts';

const selecting = (selectors: EventSelectors) => (facts: Facts) => {
  facts['cloudtrail.trails'] = [trail({ selectors: { kind: 'known', value: selectors } })];
};
const asking =
  (asked: { s3: boolean; lambda: boolean }) =>
  (baseline: Baseline): Baseline => ({
    ...baseline,
    cloudTrail: { ...baseline.cloudTrail, dataEvents: { ...baseline.cloudTrail.dataEvents, ...asked } },
  });
const s3 = asking({ s3: true, lambda: false });
const resource = 'securecart';
const data = { eventCategory: { Equals: ['Data'] }, 'resources.type': { Equals: ['AWS::S3::Object'] } };

testControl(control, {
  'a baseline that asks for none': {
    expect: [{ status: 'not-applicable', resource, message: 'The baseline asks for no data events.' }],
  },
  'no trail': {
    given: facts => {
      facts['cloudtrail.trails'] = [];
    },
    baseline: s3,
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no trail to judge.' }],
  },
  'every object, and no function': {
    given: selecting(classic({ data: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] })),
    baseline: asking({ s3: true, lambda: true }),
    expect: [
      {
        status: 'fail',
        resource,
        key: 'AWS::Lambda::Function missing',
        message: 'It does not log reads and writes of AWS::Lambda::Function.',
      },
      {
        status: 'pass',
        resource,
        key: 'AWS::S3::Object',
        message: 'It logs reads and writes of every AWS::S3::Object.',
      },
    ],
  },
  'every object, written with colons, and in China': {
    given: selecting(classic({ data: [{ type: 'AWS::S3::Object', values: ['arn:aws-cn:s3:::'] }] })),
    baseline: s3,
    expect: [{ status: 'pass', resource }],
  },
  'every object, advanced': {
    given: selecting(advanced(data)),
    baseline: s3,
    expect: [{ status: 'pass', resource }],
  },
  'writes of every object, and reads of one bucket': {
    given: selecting(
      classic(
        { readWrite: 'WriteOnly', data: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] },
        { readWrite: 'ReadOnly', data: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::orders/'] }] },
      ),
    ),
    baseline: s3,
    expect: [
      {
        status: 'fail',
        resource,
        key: 'AWS::S3::Object partial',
        message: 'It logs reads of some AWS::S3::Object alone: arn:aws:s3:::orders/.',
      },
    ],
  },
});
