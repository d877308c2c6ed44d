import type { EventSelectors } from '../../src/services/cloudtrail/facts.ts';
import { OWNER } from '../../test/builders/place.ts';
import type { Facts } from '../../test/builders/shop.ts';
import { advanced, classic, trail } from '../../test/builders/trails.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import control from './management-events.ts';

const selecting = (selectors: EventSelectors) => (facts: Facts) => {
  facts['cloudtrail.trails'] = [trail({ selectors: { kind: 'known', value: selectors } })];
};
const pass = { status: 'pass', resource: 'securecart' } as const;
const fail = (key: string, message: string) =>
  ({ status: 'fail', resource: 'securecart', key, message }) as const;
const management = { eventCategory: { Equals: ['Management'] } };

testControl(control, {
  'as the baseline wants': {
    expect: [{ ...pass, message: 'It logs management events, of every service.' }],
  },
  'no trail': {
    given: facts => {
      facts['cloudtrail.trails'] = [];
    },
    expect: [{ status: 'not-applicable', resource: OWNER, message: 'There is no trail to judge.' }],
  },
  'no selector at all': {
    given: selecting(classic()),
    expect: [fail('missing', 'It does not log management events.')],
  },
  'writes alone': {
    given: selecting(classic({ readWrite: 'WriteOnly' })),
    expect: [fail('missing', 'It does not log management events that are reads.')],
  },
  'writes alone, where the baseline asks for no more': {
    given: selecting(classic({ readWrite: 'WriteOnly' })),
    baseline: baseline => ({
      ...baseline,
      cloudTrail: { ...baseline.cloudTrail, managementEvents: 'write-only' },
    }),
    expect: [{ ...pass, message: 'It logs management events that are writes, of every service.' }],
  },
  'reads and writes by two selectors, which a check for ReadWriteType All misses': {
    given: selecting(classic({ readWrite: 'ReadOnly' }, { readWrite: 'WriteOnly' })),
    expect: [pass],
  },
  'data events alone': {
    given: selecting(
      classic({ management: false, data: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }),
    ),
    expect: [fail('missing', 'It does not log management events.')],
  },
  'all but those of KMS and the RDS Data API': {
    given: selecting(classic({ excluded: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] })),
    expect: [fail('excluded', 'It leaves out the events of kms.amazonaws.com, rdsdata.amazonaws.com.')],
  },
  'advanced, of all': {
    given: selecting(advanced(management)),
    expect: [pass],
  },
  'advanced, of reads and of writes': {
    given: selecting(
      advanced(
        { ...management, readOnly: { Equals: ['true'] } },
        { ...management, readOnly: { Equals: ['false'] } },
      ),
    ),
    expect: [pass],
  },
  'advanced, of writes alone': {
    given: selecting(advanced({ ...management, readOnly: { Equals: ['false'] } })),
    expect: [fail('missing', 'It does not log management events that are reads.')],
  },
  'advanced, without KMS': {
    given: selecting(advanced({ ...management, eventSource: { NotEquals: ['kms.amazonaws.com'] } })),
    expect: [fail('excluded', 'It leaves out the events of kms.amazonaws.com.')],
  },
  'advanced, without KMS by one selector and with it by another': {
    given: selecting(
      advanced({ ...management, eventSource: { NotEquals: ['kms.amazonaws.com'] } }, management),
    ),
    expect: [pass],
  },
  'advanced, of one service, which a check for the category passes': {
    given: selecting(advanced({ ...management, eventSource: { Equals: ['ec2.amazonaws.com'] } })),
    expect: [
      fail('partial', 'It logs only some of management events: eventSource Equals ec2.amazonaws.com.'),
    ],
  },
  'advanced, of data events and not of management': {
    given: selecting(
      advanced({ eventCategory: { Equals: ['Data'] }, 'resources.type': { Equals: ['AWS::S3::Object'] } }),
    ),
    expect: [fail('missing', 'It does not log management events.')],
  },
});
