import { buildCompliantAccount } from '../compliant-account.ts';
import { all, allow, cidrsOf, revoke, tcp } from '../drift.ts';
import { cidrs } from '../rows.ts';
import type { State } from './state.ts';

/** Security groups of which rules are missing, changed and added, in each way of writing them. */
export const driftedGroups: State = {
  build: async clients => {
    const { groups, defaultGroup } = await buildCompliantAccount(clients);
    await revoke(clients, groups.alb, 'egress', 8080);
    await revoke(clients, groups.backend, 'ingress', 8080);
    await allow(clients, groups.backend, 'ingress', { ...tcp(8080), ...cidrsOf([cidrs.vpc]) });
    await allow(clients, groups.backend, 'egress', all(cidrs.anywhere));
    // The number of TCP, and a rule of IPv6 alone.
    await allow(clients, groups.alb, 'ingress', {
      ...tcp(22),
      IpProtocol: '6',
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
    });
    // The same as the row that it stands in for: no drift.
    await revoke(clients, groups.lambda, 'egress', 443);
    await allow(clients, groups.lambda, 'egress', {
      ...tcp(443),
      IpProtocol: '6',
      ...cidrsOf(['0.0.0.0/1', '128.0.0.0/1']),
    });
    await allow(clients, groups.endpoints, 'ingress', { ...tcp(443), ...cidrsOf([cidrs.vpc]) });
    await allow(clients, defaultGroup, 'egress', all(cidrs.anywhere));
  },
};
