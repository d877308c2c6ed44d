import { defineControl } from '../../src/findings/control.ts';
import { fromInternet, keepsOut, toComponent } from '../../src/findings/reachability/kept-out.ts';

export default defineControl({
  ...keepsOut(flow => fromInternet(flow) && toComponent(flow, 'backend')),
  id: 'reachability/backend-from-internet',
  title: 'No packet from the internet reaches the backend past the load balancer',
  severity: 'critical',
  rationale:
    'The web ACL stands before the load balancer. Whoever reaches the backend itself has gone round it, round its rate limit and its TLS.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/bestpracticesguide/networking-inbound.html',
  ],
  frameworks: {},
});
