import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('alb', 'ingress'),
  id: 'security-group/alb-ingress',
  title: 'The load balancer lets in what the baseline lists, and nothing else',
  severity: 'high',
  rationale:
    'The load balancer is what the internet sees. Every port that it opens beyond 80 and 443 is one more way in, which neither the web ACL nor the listener rules look at.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: { fsbp: ['EC2.18'] },
});
