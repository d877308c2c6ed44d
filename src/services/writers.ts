import type { Call, ObjectKind } from '../model/plan.ts';
import { ec2Observers } from './ec2/observe.ts';
import { ec2Operations } from './ec2/write.ts';
import type { Observer, Operation } from './writer.ts';

/** How each kind of object is looked at. */
export const observers: Readonly<Record<ObjectKind, Observer>> = { ...ec2Observers };

const operations: Readonly<Record<Call['service'], Readonly<Record<string, Operation>>>> = {
  ec2: ec2Operations,
};

/** The operation that a call asks for; undefined where it is not one that a plan may ask for. */
export const operationOf = ({ service, operation }: Call): Operation | undefined =>
  operations[service][operation];
