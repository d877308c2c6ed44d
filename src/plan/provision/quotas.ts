import type { Mend } from '../../model/plan.ts';
import type { Scene } from '../scene.ts';

/** How many of these AWS lets an account have in a Region where it has not asked for more (VPC user guide, amazon-vpc-limits). */
const QUOTAS = { VPCs: 5, 'Elastic IP addresses': 5 } as const;

/** What a mend says that creates some of these beside those that are there, where the quota could refuse them. */
export const overQuota = (
  { region }: Scene,
  what: keyof typeof QUOTAS,
  { there, more }: { there: number; more: number },
): Pick<Mend, 'quota'> =>
  more === 0 || there + more <= QUOTAS[what]
    ? {}
    : {
        quota: `there would be ${there + more} ${what} in ${region}, and AWS lets an account have ${QUOTAS[what]} that has not asked for more: if yours has not, ask for them in Service Quotas first`,
      };
