import type { Region } from '../../model/identifiers.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Call, Change, ChangeId, ObjectState } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';

/** How EC2 creates and deletes each kind of object, and what its calls and tags name it. */
const resources = {
  vpc: { create: 'CreateVpc', remove: 'DeleteVpc', id: 'VpcId', type: 'vpc' },
  'internet-gateway': {
    create: 'CreateInternetGateway',
    remove: 'DeleteInternetGateway',
    id: 'InternetGatewayId',
    type: 'internet-gateway',
  },
  'elastic-ip': {
    create: 'AllocateAddress',
    remove: 'ReleaseAddress',
    id: 'AllocationId',
    type: 'elastic-ip',
  },
  'nat-gateway': {
    create: 'CreateNatGateway',
    remove: 'DeleteNatGateway',
    id: 'NatGatewayId',
    type: 'natgateway',
  },
  subnet: { create: 'CreateSubnet', remove: 'DeleteSubnet', id: 'SubnetId', type: 'subnet' },
  'route-table': {
    create: 'CreateRouteTable',
    remove: 'DeleteRouteTable',
    id: 'RouteTableId',
    type: 'route-table',
  },
  'security-group': {
    create: 'CreateSecurityGroup',
    remove: 'DeleteSecurityGroup',
    id: 'GroupId',
    type: 'security-group',
  },
  'vpc-endpoint': {
    create: 'CreateVpcEndpoint',
    remove: 'DeleteVpcEndpoints',
    id: 'VpcEndpointIds',
    type: 'vpc-endpoint',
  },
  'flow-log': {
    create: 'CreateFlowLogs',
    remove: 'DeleteFlowLogs',
    id: 'FlowLogIds',
    type: 'vpc-flow-log',
  },
} as const;

/** The kinds of object that {@link creation} knows. */
export type CreatedKind = keyof typeof resources;

/** What is to be created. */
export interface Creation {
  readonly kind: CreatedKind;
  readonly region: Region;
  readonly id: ChangeId;
  readonly title: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The object as it is at first, but for its tags. */
  readonly state: ObjectState;
  /** What the call is given besides the tags. */
  readonly input: JsonObject;
}

/** Whose an object is, and of which change: the tags of all that a plan creates. `securecart:baseline` is the digest of the baseline by which it was created. */
export const ownTags = (
  { plan, digest }: { readonly plan: string; readonly digest: string },
  component: string,
  name: string,
  change: ChangeId,
): Record<string, string> => ({
  Name: name,
  'securecart:managed': 'true',
  'securecart:component': component,
  'securecart:baseline': digest,
  'securecart:plan': plan,
  'securecart:change': change,
});

/** A call of EC2's. */
export const ec2Call = (operation: string, input: JsonObject): Call => ({ service: 'ec2', operation, input });

/** The change that creates an object, and deletes it again. */
export function creation({ kind, region, id, title, tags, state, input }: Creation): Change {
  const { create, remove, id: name, type } = resources[kind];
  const created = { $created: id };
  const removal = ec2Call(remove, { [name]: name.endsWith('Ids') ? [created] : created });
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    id,
    title,
    object: { kind, region, id: created },
    edit: { kind: 'create', state: { ...state, tags } },
    call: ec2Call(create, { ...input, TagSpecifications: [{ ResourceType: type, Tags }] }),
    permissions: [`ec2:${create}`, 'ec2:CreateTags'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: removal, permissions: [`ec2:${remove}`] },
  };
}

/** A setting of an object, and the calls that make and unmake it. */
export interface Setting {
  readonly id: ChangeId;
  readonly title: string;
  readonly object: Change['object'];
  readonly edit: Change['edit'];
  readonly call: Call;
  readonly back: Call;
}

/** The change that makes a setting, and takes it back. */
export const setting = ({ back, ...change }: Setting): Change => ({
  ...change,
  permissions: [`ec2:${change.call.operation}`],
  effect: NO_EFFECT,
  dependsOn: [],
  undo: { kind: 'call', call: back, permissions: [`ec2:${back.operation}`] },
});
