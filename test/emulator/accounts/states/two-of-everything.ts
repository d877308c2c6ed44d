import { CreateVpcCommand } from '@aws-sdk/client-ec2';
import { buildCompliantAccount } from '../compliant-account.ts';
import { named } from '../named.ts';
import { cidrs } from '../rows.ts';
import { buildTrail } from '../trail.ts';
import { buildFunction } from '../workloads.ts';
import type { State } from './state.ts';

/** Two VPCs that could be the baseline's, in the first of them two components with one security group, and two trails. */
export const twoOfEverything: State = {
  build: async clients => {
    const { subnets, groups } = await buildCompliantAccount(clients);
    await buildFunction(clients, {
      subnets: subnets.private,
      group: groups.backend,
      name: 'securecart-reports',
    });
    await buildTrail(clients, { name: 'copy', bucket: 'copy-logs', multiRegion: false, logs: false });
    await clients.ec2.send(
      new CreateVpcCommand({ CidrBlock: cidrs.vpc, TagSpecifications: named('vpc', 'securecart-copy') }),
    );
  },
};
