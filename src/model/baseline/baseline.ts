import { z } from 'zod';
import { networkSections } from './network.ts';

/** The desired state of an account: what `securecart-baseline.yaml` says once it is read and found sound. */
export const Baseline = z.strictObject({
  version: z.literal(1).describe('The version of this format'),
  name: z.string().min(1),
  ...networkSections,
});
export type Baseline = z.infer<typeof Baseline>;
