import { defineControl } from '../../src/findings/control.ts';
import { networkAclRows } from '../../src/findings/network-acl-rows.ts';

export default defineControl({
  ...networkAclRows('public', 'inbound'),
  id: 'network-acl/public-inbound',
  title: "The public tier's network ACL lets in web traffic and replies only",
  severity: 'medium',
  rationale:
    'The public tier stands on the internet. Its network ACL is what still holds where a security group is opened by mistake, and it holds for everything in the subnet at once.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-vpc-network-acls.html',
  ],
  frameworks: { 'pci-4.0': ['1.3.1'] },
});
