import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('lambda', 'ingress'),
  id: 'security-group/lambda-ingress',
  title: 'Functions let nothing in',
  severity: 'medium',
  rationale:
    'Nobody connects to a function over the network: it is invoked through the API. A rule that lets something in is a mistake at best, and a way between components at worst.',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: {},
});
