import { describe, expect, test } from 'vitest';
import { planForShop } from '../../../test/apply/planned.ts';
import { KEY } from '../../../test/builders/encryption.ts';
import { OWNER, shop } from '../../../test/builders/shop.ts';
import { shippedBaseline } from '../../../test/builders/snapshot.ts';
import { advanced, classic, trail, trailArn } from '../../../test/builders/trails.ts';
import { Region } from '../../model/identifiers.ts';
import type { EventSelectors } from '../../services/cloudtrail/facts.ts';
import { withEvents } from './trail-events.ts';

const { cloudTrail } = shippedBaseline;
const management = { eventCategory: { Equals: ['Management'] } };
const objects = { type: 'AWS::S3::Object', values: ['arn:aws:s3:::orders/'] };

describe('the selectors of a trail', () => {
  const withS3 = { ...cloudTrail, dataEvents: { ...cloudTrail.dataEvents, s3: true } };
  const cases: Record<string, { from: EventSelectors; wanted?: typeof cloudTrail; gives: EventSelectors }> = {
    'gain the management events, and keep their data events': {
      from: classic({ management: false, data: [objects] }),
      gives: classic({ management: false, data: [objects] }, {}),
    },
    'of some management events become one of all': {
      from: classic({ readWrite: 'WriteOnly', excluded: ['kms.amazonaws.com'] }),
      gives: classic({}),
    },
    'gain data events, and keep their management events as they are': {
      from: classic({}),
      wanted: withS3,
      gives: classic({}, { management: false, data: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }),
    },
    'of the newer form gain a selector, and lose none': {
      from: advanced({ ...management, eventSource: { NotEquals: ['kms.amazonaws.com'] } }),
      wanted: withS3,
      gives: advanced({ ...management, eventSource: { NotEquals: ['kms.amazonaws.com'] } }, management, {
        eventCategory: { Equals: ['Data'] },
        'resources.type': { Equals: ['AWS::S3::Object'] },
      }),
    },
  };

  test.each(Object.entries(cases))('%s', (_, { from, wanted = cloudTrail, gives }) => {
    expect(withEvents(from, wanted, 'aws')).toEqual(gives);
  });
});

describe('a trail that is not to be changed from here is left alone:', () => {
  const cases: Record<
    string,
    { change: Parameters<typeof trail>[0]; tags?: Record<string, string>; says: RegExp }
  > = {
    "another account's": {
      change: {
        arn: 'arn:aws:cloudtrail:eu-west-1:999999999999:trail/securecart',
        key: KEY.replace(OWNER, '999999999999'),
      },
      says: /the trail of account 999999999999/,
    },
    "another Region's": {
      change: {
        arn: `arn:aws:cloudtrail:us-east-1:${OWNER}:trail/securecart`,
        homeRegion: Region.parse('us-east-1'),
      },
      says: /securecart fix --region us-east-1/,
    },
    "a stack's": {
      change: {},
      tags: { 'aws:cloudformation:stack-name': 'logs' },
      says: /CloudFormation stack logs/,
    },
  };

  test.each(Object.entries(cases))('%s', (_, { change, tags = {}, says }) => {
    const facts = shop();
    facts['cloudtrail.trails'] = [trail({ validated: false, ...change })];
    facts['cloudtrail.trailTags'] = [{ trail: trailArn('securecart'), tags: { kind: 'known', value: tags } }];
    const plan = planForShop(facts);
    expect(plan.mends).toEqual([]);
    expect(plan.leftAlone.map(({ detail }) => detail)).toEqual([expect.stringMatching(says)]);
  });
});
