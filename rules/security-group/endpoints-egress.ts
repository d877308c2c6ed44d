import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('endpoints', 'egress'),
  id: 'security-group/endpoints-egress',
  title: 'The interface endpoints send nothing out',
  severity: 'low',
  rationale:
    'An endpoint answers and never calls: a rule that lets it out serves nobody, and hides a group that is used for something else as well.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: {},
});
