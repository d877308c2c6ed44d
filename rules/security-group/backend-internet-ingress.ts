import { defineControl } from '../../src/findings/control.ts';
import { nothingFromOutside } from '../../src/findings/outside.ts';

export default defineControl({
  ...nothingFromOutside('backend'),
  id: 'security-group/backend-internet-ingress',
  title: 'No rule lets anything from outside the VPC into the backend',
  severity: 'critical',
  rationale:
    'The backend trusts that the load balancer and the web ACL stand before it. One rule that lets in addresses from outside is a way past both, whether it says 0.0.0.0/0, two halves of it, ::/0 or a prefix list that holds them.',
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: { fsbp: ['EC2.18', 'EC2.19'] },
});
