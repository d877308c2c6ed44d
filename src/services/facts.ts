import { z } from 'zod';
import { apiGatewayFacts } from './apigateway/facts.ts';
import { apiGatewayV2Facts } from './apigatewayv2/facts.ts';
import { cognitoFacts } from './cognito/facts.ts';
import { ec2Facts } from './ec2/facts.ts';
import { ecsFacts } from './ecs/facts.ts';
import { elbv2Facts } from './elbv2/facts.ts';
import { lambdaFacts } from './lambda/facts.ts';
import { rdsFacts } from './rds/facts.ts';
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
});
export type RegionFacts = z.infer<typeof RegionFacts>;

/** The name of a fact; its reader is in that service's read.ts. */
export type FactName = keyof RegionFacts;

/** The value of a fact when it is known. */
export type FactValue<Name extends FactName> = Extract<
  NonNullable<RegionFacts[Name]>,
  { kind: 'known' }
>['value'];
