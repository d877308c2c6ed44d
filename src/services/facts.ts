import { z } from 'zod';
import { apiGatewayFacts } from './apigateway/facts.ts';
import { apiGatewayV2Facts } from './apigatewayv2/facts.ts';
import { cloudTrailFacts } from './cloudtrail/facts.ts';
import { cognitoFacts } from './cognito/facts.ts';
import { ebsFacts } from './ebs/facts.ts';
import { ec2Facts } from './ec2/facts.ts';
import { ecsFacts } from './ecs/facts.ts';
import { elbv2Facts } from './elbv2/facts.ts';
import { iamFacts, iamGlobalFacts } from './iam/facts.ts';
import { kmsFacts } from './kms/facts.ts';
import { lambdaFacts } from './lambda/facts.ts';
import { logsFacts } from './logs/facts.ts';
import { rdsFacts } from './rds/facts.ts';
import { s3Facts, s3GlobalFacts } from './s3/facts.ts';
import { secretsManagerFacts } from './secretsmanager/facts.ts';
import { ssmFacts } from './ssm/facts.ts';
import { wafv2Facts } from './wafv2/facts.ts';

/** What one Region says, by fact name (`<service>.<what>`); a fact that nobody asked for is absent. */
export const RegionFacts = z.strictObject({
  ...ec2Facts,
  ...elbv2Facts,
  ...rdsFacts,
  ...ecsFacts,
  ...lambdaFacts,
  ...wafv2Facts,
  ...cognitoFacts,
  ...apiGatewayFacts,
  ...apiGatewayV2Facts,
  ...s3Facts,
  ...kmsFacts,
  ...ebsFacts,
  ...logsFacts,
  ...iamFacts,
  ...cloudTrailFacts,
  ...secretsManagerFacts,
  ...ssmFacts,
});
export type RegionFacts = z.infer<typeof RegionFacts>;

/** What AWS keeps once for the account, whichever Region it is asked in. */
export const GlobalFacts = z.strictObject({ ...s3GlobalFacts, ...iamGlobalFacts });
export type GlobalFacts = z.infer<typeof GlobalFacts>;

/** What is known of one Region and of the account. */
export type Facts = RegionFacts & GlobalFacts;

/** The name of a fact; its reader is in that service's read.ts. */
export type FactName = keyof Facts;

/** Whether a fact is the account's, not a Region's. */
export const isGlobal = (name: FactName): name is keyof GlobalFacts => name in GlobalFacts.shape;

/** The value of a fact when it is known. */
export type FactValue<Name extends FactName> = Extract<NonNullable<Facts[Name]>, { kind: 'known' }>['value'];
