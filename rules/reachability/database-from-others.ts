import { defineControl } from '../../src/findings/control.ts';
import { fromInternet, keepsOut, toComponent } from '../../src/findings/reachability/kept-out.ts';

export default defineControl({
  ...keepsOut(flow => !fromInternet(flow) && toComponent(flow, 'rds')),
  id: 'reachability/database-from-others',
  title: 'Nothing but the backend reaches the database',
  severity: 'critical',
  rationale:
    'Whoever takes over a load balancer, a function, a bastion or a network at the other end of a peering connection tries the database next. Where no packet of theirs arrives, a stolen password is of no use there.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html',
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
  ],
  frameworks: {},
});
