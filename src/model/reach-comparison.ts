import { z } from 'zod';
import { fact } from './fact.ts';
import { Region } from './identifiers.ts';
import { IpFamily } from './packet.ts';

const Services = z.array(z.string());

/** What one asks another for and is answered, in an account and in the baseline; services in words, such as `tcp 80, 443`. */
export const ReachLink = z.strictObject({
  from: z.string(),
  to: z.string(),
  family: IpFamily,
  both: Services.describe('In both'),
  more: Services.describe('In the account, and not in the baseline'),
  less: Services.describe('In the baseline, and not in the account'),
});
export type ReachLink = z.infer<typeof ReachLink>;

/** Who reaches whom in one VPC, beside the baseline. */
export const ReachComparison = z.strictObject({
  region: Region,
  vpc: z.string(),
  parties: z
    .array(z.string())
    .describe('All who are spoken of, the internet first and what the baseline lacks last'),
  links: fact(z.array(ReachLink)).describe('Sorted; who is not here reaches nobody'),
});
export type ReachComparison = z.infer<typeof ReachComparison>;
