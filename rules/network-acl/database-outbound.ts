import { defineControl } from '../../src/findings/control.ts';
import { networkAclRows } from '../../src/findings/network-acl-rows.ts';

export default defineControl({
  ...networkAclRows('database', 'outbound'),
  id: 'network-acl/database-outbound',
  title: "The database tier's network ACL lets out replies to the private tier only",
  severity: 'high',
  rationale:
    'A database that is broken into sends what it holds to wherever the network lets it. Here there is nowhere but the backend that asked.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  frameworks: {},
});
