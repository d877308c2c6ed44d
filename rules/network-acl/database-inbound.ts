import { defineControl } from '../../src/findings/control.ts';
import { networkAclRows } from '../../src/findings/network-acl-rows.ts';

export default defineControl({
  ...networkAclRows('database', 'inbound'),
  id: 'network-acl/database-inbound',
  title: "The database tier's network ACL lets in the private tier on 5432 only",
  severity: 'high',
  rationale:
    "The second lock before the database: where its security group is opened by mistake, the network ACL still lets in nobody but the backend's subnets.",
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  frameworks: {},
});
