import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('endpoints', 'ingress'),
  id: 'security-group/endpoints-ingress',
  title: 'The interface endpoints let in the backend and the functions only',
  severity: 'medium',
  rationale:
    'Whoever reaches an interface endpoint can use stolen credentials against AWS from inside the VPC, where policies that ask for the VPC let them through.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: {},
});
