import { z } from 'zod';

/** Twelve digits. */
export const AccountId = z
  .string()
  .regex(/^\d{12}$/, 'an account id is twelve digits')
  .brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;

/** A Region's code as AWS prints it, such as `eu-west-1`; any code of the right shape is accepted, since AWS adds new ones. */
export const Region = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'a Region is written like eu-west-1')
  .brand<'Region'>();
export type Region = z.infer<typeof Region>;

/** `aws`, `aws-cn`, `aws-us-gov` and those that AWS adds. */
export const Partition = z
  .string()
  .regex(/^aws(-[a-z]+)*$/, 'a partition is written like aws or aws-cn')
  .brand<'Partition'>();
export type Partition = z.infer<typeof Partition>;

/** `arn:partition:service:region:account:resource`; region and account may be empty. */
export const Arn = z
  .string()
  .regex(/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+$/, 'not an ARN')
  .brand<'Arn'>();
export type Arn = z.infer<typeof Arn>;

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `<system>/<control>`, both in kebab-case: the path of the control's file below rules/. */
export const ControlId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/, 'a control is written system/name')
  .brand<'ControlId'>();
export type ControlId = z.infer<typeof ControlId>;

/** The id of a row of the baseline, unique in its file. */
export const RowId = z.string().regex(kebab, 'an id is written in kebab-case').brand<'RowId'>();
export type RowId = z.infer<typeof RowId>;

/** The id of an intended flow of the baseline. */
export const FlowId = z.string().regex(kebab, 'an id is written in kebab-case').brand<'FlowId'>();
export type FlowId = z.infer<typeof FlowId>;
