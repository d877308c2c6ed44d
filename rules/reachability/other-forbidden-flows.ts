import { defineControl } from '../../src/findings/control.ts';
import { fromInternet, keepsOut, toComponent } from '../../src/findings/reachability/kept-out.ts';

export default defineControl({
  ...keepsOut(flow => !toComponent(flow, 'rds') && !(fromInternet(flow) && toComponent(flow, 'backend'))),
  id: 'reachability/other-forbidden-flows',
  title: 'No other flow that the baseline forbids passes',
  severity: 'high',
  rationale:
    'A flow that the baseline forbids and that passes is a way for an attacker to go on, whatever each rule on it was meant for. Those to the database, and from the internet to the backend, have controls of their own.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Security.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html',
  ],
  frameworks: {},
});
