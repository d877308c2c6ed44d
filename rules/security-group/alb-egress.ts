import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('alb', 'egress'),
  id: 'security-group/alb-egress',
  title: 'The load balancer sends to the VPC and the backend only',
  severity: 'medium',
  rationale:
    'A load balancer that may send anywhere lets a forged target or a changed listener carry requests, with their cookies and tokens, out of the VPC.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: {},
});
