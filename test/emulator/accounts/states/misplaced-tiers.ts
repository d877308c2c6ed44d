import {
  CreateSubnetCommand,
  DeleteFlowLogsCommand,
  DeleteVpcEndpointsCommand,
  DescribeFlowLogsCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import { region } from '../../emulator.ts';
import { buildCompliantAccount } from '../compliant-account.ts';
import { named, need } from '../named.ts';
import type { State } from './state.ts';

/** Groups and network ACLs as they should be, in a VPC that is not. */
export const misplacedTiers: State = {
  build: async clients => {
    const { ec2 } = clients;
    const { vpc, subnets, endpoints } = await buildCompliantAccount(clients, {
      oneZone: true,
      misplaced: { database: 'public' },
    });
    for (const SubnetId of subnets.public) {
      await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } }));
    }
    await ec2.send(
      new CreateSubnetCommand({
        VpcId: vpc,
        CidrBlock: '10.0.64.0/24',
        AvailabilityZone: `${region}a`,
        TagSpecifications: named('subnet', 'experiment'),
      }),
    );
    const gone = ['dynamodb', 'secretsmanager'].map(service => need(endpoints[service], service));
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: gone }));
    const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({}));
    const logs = FlowLogs.map(({ FlowLogId }) => need(FlowLogId, 'flow log id'));
    await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: logs }));
  },
};
