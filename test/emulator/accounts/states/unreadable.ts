import { openDatabase } from './open-database.ts';
import type { State } from './state.ts';

/** The open database again, for somebody who may not see all of it. */
export const unreadable: State = {
  build: openDatabase.build,
  denied: [
    'ec2:DescribeNetworkAcls',
    'ec2:GetManagedPrefixListEntries',
    'elasticloadbalancing:DescribeLoadBalancers',
    'lambda:ListFunctions',
  ],
};
