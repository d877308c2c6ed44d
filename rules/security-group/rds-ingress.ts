import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('rds', 'ingress'),
  id: 'security-group/rds-ingress',
  title: 'The database lets in the backend only',
  severity: 'critical',
  rationale:
    'Everything that reaches the port of the database can try its passwords and its known holes, and read every order and customer with one of them.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: { 'pci-4.0': ['1.3.1'] },
});
