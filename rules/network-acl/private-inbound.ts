import { defineControl } from '../../src/findings/control.ts';
import { networkAclRows } from '../../src/findings/network-acl-rows.ts';

export default defineControl({
  ...networkAclRows('private', 'inbound'),
  id: 'network-acl/private-inbound',
  title: "The private tier's network ACL lets in the load balancer and replies only",
  severity: 'medium',
  rationale:
    'Without it, whatever reaches the VPC reaches every port of the backend whose security group is opened by mistake.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  frameworks: {},
});
