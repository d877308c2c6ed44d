import type { Call, ObjectKind } from '../model/plan.ts';
import { cognitoObservers } from './cognito/observe.ts';
import { cognitoOperations } from './cognito/write.ts';
import { ebsObservers } from './ebs/observe.ts';
import { ebsOperations } from './ebs/write.ts';
import { ec2Observers } from './ec2/observe.ts';
import { ec2Operations } from './ec2/write.ts';
import { rdsObservers } from './rds/observe.ts';
import { rdsOperations } from './rds/write.ts';
import { s3Observers } from './s3/observe.ts';
import { s3ControlOperations, s3Operations } from './s3/write.ts';
import { wafv2Observers } from './wafv2/observe.ts';
import { wafv2Operations } from './wafv2/write.ts';
import type { Observer, Operation } from './writer.ts';

/** How each kind of object is looked at. */
export const observers: Readonly<Record<ObjectKind, Observer>> = {
  ...ec2Observers,
  ...ebsObservers,
  ...s3Observers,
  ...rdsObservers,
  ...wafv2Observers,
  ...cognitoObservers,
};

const operations: Readonly<Record<Call['service'], Readonly<Record<string, Operation>>>> = {
  ec2: { ...ec2Operations, ...ebsOperations },
  s3: s3Operations,
  s3control: s3ControlOperations,
  rds: rdsOperations,
  wafv2: wafv2Operations,
  'cognito-idp': cognitoOperations,
};

/** The operation that a call asks for; undefined where it is not one that a plan may ask for. */
export const operationOf = ({ service, operation }: Call): Operation | undefined =>
  operations[service][operation];
