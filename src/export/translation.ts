import type { IntrinsicValue } from '@awboost/cfn-template-builder/intrinsics';
import type { Resource } from '@awboost/cfn-template-builder/template/resource';
import { z } from 'zod';
import type { Change } from '../model/plan.ts';

/** A resource of any type. */
export type AnyResource = Resource<string, unknown, unknown>;

/** One change, and what a template says in its place. */
export interface Translated {
  readonly change: Change;
  /** The name of the resource that it makes. */
  readonly id: string;
  /** What its call is given, as a template has it. */
  readonly input: IntrinsicValue;
  /** What it is made on. */
  readonly object: IntrinsicValue;
  /** The inputs of the calls of this name on the object that this change creates. */
  readonly later: (operation: string) => readonly IntrinsicValue[];
  /** The names of the resources that it names by a text, and so waits for. */
  readonly after: readonly string[];
  /** The names of the attachments of internet gateways. */
  readonly attachments: readonly string[];
}

/** The resources in place of a change: none where another one's say it; undefined where CloudFormation has no words for it. */
export type Translate = (change: Translated) => AnyResource[] | undefined;

/** The options of what holds what nobody can make again: it outlives its stack, and what comes in its place. */
export const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } as const;

/** Values that a template may compute. */
export const Computed: z.ZodType<IntrinsicValue> = z.unknown();

const TagList = z.array(z.object({ Key: z.string(), Value: Computed }));

/** Tags by which a plan finds its own again: in a template they would name a plan that nobody carried out. */
const OF_PLANS = new Set(['securecart:managed', 'securecart:plan', 'securecart:change']);

/** The tags of what is created, in the form that CloudFormation and most services have. */
export const Tags = TagList.transform(tags => tags.filter(({ Key }) => !OF_PLANS.has(Key)));

/** The same, where a service has them as an object. */
export const TagMap = z
  .record(z.string(), Computed)
  .transform(tags => Object.fromEntries(Object.entries(tags).filter(([key]) => !OF_PLANS.has(key))));

/** The same, as EC2 is given them. */
export const TagSpecifications = z
  .array(z.object({ Tags }))
  .transform(specifications => specifications.flatMap(({ Tags }) => Tags));
