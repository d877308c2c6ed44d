import { defineControl } from '../../src/findings/control.ts';
import { wantedFlows } from '../../src/findings/reachability/let-through.ts';
import { reachFacts } from '../../src/findings/reachability/live-network.ts';

export default defineControl({
  id: 'reachability/intended-flows',
  title: 'Every flow that the baseline intends really passes, and its answers come back',
  severity: 'high',
  rationale:
    'A shop whose packets are dropped is down, or down in one zone, or down for the customers whose reply port a network ACL denies. Whoever is called at night then opens everything, and it stays open.',
  remediation:
    'Mend every list that is named: until the last of them lets it through, nothing passes. `securecart baseline check` shows which rows each flow needs.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Security.html',
  ],
  frameworks: {},
  needs: reachFacts,
  scope: 'vpc',
  messages: {
    passes: 'Packets from {client} reach {server} for {services}, and every answer comes back.',
    stopped:
      'Not every packet from {client} for {services} reaches {server}, or not every answer comes back.',
    noRoute: 'No route leads from {client} to {server}.',
    absent: 'Nothing of {component} stands in the VPC.',
  },
  evaluate: wantedFlows,
});
