import { defineControl } from '../../src/findings/control.ts';
import { fromInternet, keepsOut, toComponent } from '../../src/findings/reachability/kept-out.ts';

export default defineControl({
  ...keepsOut(flow => fromInternet(flow) && toComponent(flow, 'rds')),
  id: 'reachability/database-from-internet',
  title: 'No packet from the internet reaches the database',
  severity: 'critical',
  rationale:
    'A database that answers the internet is found by scanners within hours, and then only its password stands between them and every customer record. An open rule alone does not make it so, nor does a closed rule alone prevent it: what counts is whether a packet arrives.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
  ],
  frameworks: { 'pci-4.0': ['1.4.4'] },
});
