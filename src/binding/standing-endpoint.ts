import type { VpcEndpoint } from '../services/ec2/facts.ts';

/** Whether an endpoint is there, or is about to be: AWS lists one that failed or was deleted for a while. */
export const isStanding = ({ state }: Pick<VpcEndpoint, 'state'>): boolean =>
  ['available', 'pending', 'pendingacceptance'].includes(state.toLowerCase());
