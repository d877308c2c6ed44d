import { CreateRouteCommand } from '@aws-sdk/client-ec2';
import { buildCompliantAccount } from '../compliant-account.ts';
import { allow, buildPrefixList, cidrsOf, tcp } from '../drift.ts';
import { cidrs } from '../rows.ts';
import type { State } from './state.ts';

/** The whole internet, as it is written by whoever was told not to write 0.0.0.0/0. */
const halves = ['0.0.0.0/1', '128.0.0.0/1'];

/** A database that the internet reaches, though no rule says 0.0.0.0/0. */
export const openDatabase: State = {
  build: async clients => {
    const { groups, routeTables, gateway } = await buildCompliantAccount(clients);
    await allow(clients, groups.rds, 'ingress', { ...tcp(5432), ...cidrsOf(halves) });
    const PrefixListId = await buildPrefixList(clients, 'partners', halves);
    await allow(clients, groups.rds, 'ingress', { ...tcp(1024, 65535), PrefixListIds: [{ PrefixListId }] });
    await clients.ec2.send(
      new CreateRouteCommand({
        RouteTableId: routeTables.database,
        DestinationCidrBlock: cidrs.anywhere,
        GatewayId: gateway,
      }),
    );
  },
};
