import type { Case } from '../catalogue/control-test.ts';
import { POOL, refused, userPool } from './protection.ts';
import { REGION } from './shop.ts';

// Cases that the controls of one thing share.

export const noBuckets: Case = {
  given: facts => {
    facts['s3.buckets'] = [];
  },
  expect: [{ status: 'not-applicable', resource: REGION }],
};

/** Of a control that judges the policies of buckets. */
export const policyDenied: Case = {
  given: facts => {
    for (const bucket of facts['s3.buckets']) bucket.policy = refused('s3:GetBucketPolicy');
  },
  expect: [
    { status: 'unknown', resource: 'shop', message: 'This cannot be judged without s3:GetBucketPolicy.' },
  ],
};

export const noPool: Case = {
  given: facts => {
    facts['cognito.userPools'] = [];
  },
  expect: [{ status: 'not-applicable', resource: REGION }],
};

/** Of a control that judges the settings of user pools. */
export const poolDenied: Case = {
  given: facts => {
    facts['cognito.userPools'] = [userPool({ settings: refused('cognito-idp:DescribeUserPool') })];
  },
  expect: [{ status: 'unknown', resource: POOL }],
};
