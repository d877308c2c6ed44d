import {
  AllocateAddressCommand,
  AuthorizeSecurityGroupEgressCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateTagsCommand,
  DeleteFlowLogsCommand,
  DeleteNatGatewayCommand,
  DeleteVpcEndpointsCommand,
  DescribeFlowLogsCommand,
  DescribeRouteTablesCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ReplaceRouteTableAssociationCommand,
} from '@aws-sdk/client-ec2';
import { beforeAll, describe, test } from 'vitest';
import type { KnownObject } from '../../src/apply/account.ts';
import { Region } from '../../src/model/identifiers.ts';
import { type Change, ObjectKind, type ObjectState, type Plan } from '../../src/model/plan.ts';
import type { ec2Observers } from '../../src/services/ec2/observe.ts';
import { shop } from '../builders/shop.ts';
import { buildCompliantNetwork, type Network } from '../emulator/accounts/compliant-network.ts';
import type { Clients } from '../emulator/clients.ts';
import { region } from '../emulator/emulator.ts';
import { demandMoved } from './demand-stale.ts';
import { emulated } from './emulated.ts';
import { planForShop } from './planned.ts';

/** An object of a network, and what somebody else does to it. */
interface Moved {
  readonly id: (network: Network, aws: Clients) => string | undefined | Promise<string | undefined>;
  readonly move: (aws: Clients, id: string, network: Network) => Promise<unknown>;
  /** What the refusal says of it. */
  readonly says: RegExp;
}

const tag: Moved['move'] = ({ ec2 }, id) =>
  ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'team', Value: 'checkout' }] }));

const moves = {
  vpc: {
    id: ({ vpc }) => vpc,
    move: ({ ec2 }, VpcId) =>
      ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: false } })),
    says: /dnsHostnames was true and is false/,
  },
  'internet-gateway': { id: ({ gateway }) => gateway, move: tag, says: /tags was .* and is .*checkout/ },
  'elastic-ip': {
    id: async (_, { ec2 }) => (await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }))).AllocationId,
    move: tag,
    says: /tags was .* and is .*checkout/,
  },
  'nat-gateway': {
    id: async ({ subnets }, { ec2 }) => {
      const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
      const [SubnetId] = subnets.public;
      const { NatGateway: made } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
      return made?.NatGatewayId;
    },
    move: ({ ec2 }, NatGatewayId) => ec2.send(new DeleteNatGatewayCommand({ NatGatewayId })),
    says: /it no longer exists/,
  },
  subnet: {
    id: ({ subnets }) => subnets.private[0],
    move: ({ ec2 }, SubnetId) =>
      ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } })),
    says: /publicIpOnLaunch was false and is true/,
  },
  'subnet-network-acl': {
    id: ({ subnets }) => subnets.private[0],
    move: ({ ec2 }, _, { acls }) =>
      ec2.send(
        new CreateNetworkAclEntryCommand({
          NetworkAclId: acls.private,
          RuleNumber: 7,
          Egress: false,
          RuleAction: 'deny',
          Protocol: '-1',
          CidrBlock: '203.0.113.0/24',
        }),
      ),
    says: /entries gained .*203\.0\.113\.0\/24/,
  },
  'subnet-route-table': {
    id: ({ subnets }) => subnets.private[0],
    move: async ({ ec2 }, subnet, { routeTables }) => {
      const { RouteTables: tables = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
      const associations = tables.flatMap(({ Associations = [] }) => Associations);
      const AssociationId = associations.find(({ SubnetId }) => SubnetId === subnet)?.RouteTableAssociationId;
      await ec2.send(
        new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId: routeTables.public }),
      );
    },
    says: /table was "rtb-\w+" and is "rtb-\w+"/,
  },
  'route-table': {
    id: ({ routeTables }) => routeTables.private,
    move: ({ ec2 }, RouteTableId, { gateway }) =>
      ec2.send(
        new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '203.0.113.0/24', GatewayId: gateway }),
      ),
    says: /routes gained .*203\.0\.113\.0\/24/,
  },
  'vpc-endpoint': {
    id: ({ endpoints }) => Object.values(endpoints)[0],
    move: ({ ec2 }, id) => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })),
    says: /it no longer exists/,
  },
  'flow-log': {
    id: async (_, { ec2 }) => (await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs?.[0]?.FlowLogId,
    move: ({ ec2 }, id) => ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] })),
    says: /it no longer exists/,
  },
  'security-group': { id: ({ groups }) => groups.rds, move: tag, says: /tags was .* and is .*checkout/ },
  'default-security-group': {
    id: ({ vpc }) => vpc,
    move: ({ ec2 }, _, { defaultGroup }) =>
      ec2.send(
        new AuthorizeSecurityGroupEgressCommand({
          GroupId: defaultGroup,
          IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '203.0.113.0/24' }] }],
        }),
      ),
    says: /rules gained .*203\.0\.113\.0\/24/,
  },
  'network-acl': { id: ({ acls }) => acls.database, move: tag, says: /tags was .* and is .*checkout/ },
} satisfies Readonly<Record<keyof typeof ec2Observers, Moved>>;

// One network for all: what one row changes is not what another one looks at.
const on = emulated({ shared: true });
let network: Network;
beforeAll(async () => {
  network = await buildCompliantNetwork(on.aws);
});

/** A plan of one change of an object that is in a state. */
function planOf(object: KnownObject, state: ObjectState): Plan {
  const change: Change = {
    id: 'the/change',
    title: 'change it',
    object,
    edit: { kind: 'set', fields: {} },
    call: { service: 'ec2', operation: 'CreateTags', input: {} },
    permissions: [],
    effect: { kind: 'none', opens: [], closes: [] },
    dependsOn: [],
    undo: { kind: 'none' },
  };
  const resource = { type: 'AWS::EC2::VPC', arn: object.id, id: object.id };
  const mend = { id: 'the', title: 'mend it', region: object.region, resource, for: [], changes: [change] };
  return { ...planForShop(shop()), fingerprints: [{ object, state }], mends: [{ ...mend, risk: 'safe' }] };
}

describe.each(Object.entries<Moved>(moves))('when somebody changes a %s', (name, { id, move, says }) => {
  test('it is refused before the run and in it, and nothing is touched', async () => {
    const kind = ObjectKind.parse(name);
    const object = { kind, region: Region.parse(region), id: (await id(network, on.aws)) ?? '' };
    const { state } = await on.account.observe(object);
    if (state === null) throw new Error(`there is no ${kind}`);
    const plan = planOf(object, state);
    await move(on.aws, object.id, network);
    await demandMoved(on, plan, says);
  });
});
