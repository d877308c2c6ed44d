import { defineControl } from '../../src/findings/control.ts';
import { networkAclRows } from '../../src/findings/network-acl-rows.ts';

export default defineControl({
  ...networkAclRows('private', 'outbound'),
  id: 'network-acl/private-outbound',
  title: "The private tier's network ACL lets out HTTPS, the database and replies only",
  severity: 'low',
  rationale:
    'Code that an attacker brings into the backend looks for a way out. Every port but HTTPS is closed to it at the border of the subnet.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html'],
  frameworks: {},
});
