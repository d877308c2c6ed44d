import { z } from 'zod';
import { snapshotFact } from '../../model/fact.ts';

/** An Application, Network or Gateway Load Balancer. */
export const LoadBalancer = z.strictObject({
  arn: z.string(),
  name: z.string(),
  vpc: z.string(),
  type: z.enum(['application', 'network', 'gateway']),
  scheme: z.enum(['internet-facing', 'internal']),
  ipAddressType: z.string(),
  securityGroups: z.array(z.string()),
  subnets: z.array(z.string()),
});
export type LoadBalancer = z.infer<typeof LoadBalancer>;

export const elbv2Facts = { 'elbv2.loadBalancers': snapshotFact(z.array(LoadBalancer)) };
