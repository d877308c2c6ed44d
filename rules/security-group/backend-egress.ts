import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('backend', 'egress'),
  id: 'security-group/backend-egress',
  title: 'The backend sends to the database and to AWS only',
  severity: 'medium',
  rationale:
    'Code that an attacker brings into the backend needs a way to fetch tools and to send data out. With egress closed to all but what the shop uses there is none.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  frameworks: { 'pci-4.0': ['1.3.2'] },
});
