import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('backend', 'ingress'),
  id: 'security-group/backend-ingress',
  title: 'The backend lets in the load balancer only',
  severity: 'high',
  rationale:
    'Whoever reaches the backend beside the load balancer passes by the web ACL, the authentication at the edge and the access log.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  frameworks: { 'pci-4.0': ['1.2.8', '1.3.1'] },
});
