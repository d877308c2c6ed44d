import { defineControl } from '../../src/findings/control.ts';
import { networkAclRows } from '../../src/findings/network-acl-rows.ts';

export default defineControl({
  ...networkAclRows('public', 'outbound'),
  id: 'network-acl/public-outbound',
  title: "The public tier's network ACL lets out what the load balancer sends only",
  severity: 'medium',
  rationale:
    "A machine that somebody puts into the public tier, or breaks into there, finds no way on into the VPC but the backend's port.",
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-vpc-network-acls.html',
  ],
  frameworks: { 'pci-4.0': ['1.3.2'] },
});
