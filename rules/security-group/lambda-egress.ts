import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('lambda', 'egress'),
  id: 'security-group/lambda-egress',
  title: 'Functions send HTTPS only',
  severity: 'medium',
  rationale:
    'A function that runs what an attacker gave it can reach whatever its group allows. HTTPS is what it needs for the AWS APIs; every other port is a way to the rest of the network.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: {},
});
