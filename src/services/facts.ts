import { z } from 'zod';
import { ec2Facts } from './ec2/facts.ts';
import { ecsFacts } from './ecs/facts.ts';
import { elbv2Facts } from './elbv2/facts.ts';
import { lambdaFacts } from './lambda/facts.ts';
import { rdsFacts } from './rds/facts.ts';

/** What one Region says, by fact name (`<service>.<what>`); a fact that nobody asked for is absent. */
export const RegionFacts = z.strictObject({
  ...ec2Facts,
  ...elbv2Facts,
  ...rdsFacts,
  ...ecsFacts,
  ...lambdaFacts,
});
export type RegionFacts = z.infer<typeof RegionFacts>;

/** The name of a fact; its reader is in that service's read.ts. */
export type FactName = keyof RegionFacts;

/** The value of a fact when it is known. */
export type FactValue<Name extends FactName> = Extract<
  NonNullable<RegionFacts[Name]>,
  { kind: 'known' }
>['value'];
