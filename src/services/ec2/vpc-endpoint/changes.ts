import type { Region } from '../../../model/identifiers.ts';
import type { Change, Created, LiveObject, ObjectState } from '../../../model/plan.ts';
import { type Creation, creation, ec2Call, setting } from '../creation.ts';
import type { VpcEndpoint } from '../facts.ts';

/** An endpoint as plans compare it; whether AWS is still building it is no part of that. */
export const vpcEndpointState = ({
  vpc,
  type,
  service,
  privateDns,
  routeTables,
  subnets,
  securityGroups,
  tags,
}: VpcEndpoint): ObjectState => ({
  ...vpcEndpointTerms({ vpc, type, service, privateDns, routeTables, subnets, securityGroups }),
  tags,
});

/** Private names are an interface endpoint's. */
const vpcEndpointTerms = ({ privateDns, ...terms }: Terms): ObjectState => ({
  ...terms,
  ...(terms.type === 'Interface' && { privateDns }),
});

type Terms = Omit<VpcEndpoint, 'id' | 'owner' | 'state' | 'tags'>;

/** The endpoint as an object of a plan. */
export const vpcEndpointObject = (region: Region, id: string): LiveObject => ({
  kind: 'vpc-endpoint',
  region,
  id,
});

/** Creates an endpoint. A gateway endpoint is for the routes of tables; an interface endpoint stands in subnets, and takes over the service's names. */
export function createVpcEndpoint(
  endpoint: Terms,
  about: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>,
): Change {
  const { vpc, type, service, privateDns, routeTables, subnets, securityGroups } = endpoint;
  return creation({
    ...about,
    kind: 'vpc-endpoint',
    state: vpcEndpointTerms(endpoint),
    input: {
      VpcId: vpc,
      ServiceName: service,
      VpcEndpointType: type,
      ClientToken: { $token: about.id },
      ...(type === 'Gateway'
        ? { RouteTableIds: routeTables }
        : { SubnetIds: subnets, SecurityGroupIds: securityGroups, PrivateDnsEnabled: privateDns }),
    },
  });
}

/** Lets an endpoint serve one more route table, or one more subnet. */
export function extendVpcEndpoint(
  region: Region,
  endpoint: string,
  field: 'routeTables' | 'subnets',
  id: string | Created,
): Change {
  const name = { routeTables: 'RouteTableIds', subnets: 'SubnetIds' } as const;
  const call = (verb: 'Add' | 'Remove') =>
    ec2Call('ModifyVpcEndpoint', { VpcEndpointId: endpoint, [`${verb}${name[field]}`]: [id] });
  return setting({
    id: `${endpoint}/serve-${typeof id === 'string' ? id : id.$created}`,
    title: `let it serve ${typeof id === 'string' ? id : 'the new one'}`,
    object: vpcEndpointObject(region, endpoint),
    edit: { kind: 'list', field, remove: [], add: [id] },
    call: call('Add'),
    back: call('Remove'),
  });
}

/** Lets the service's own names lead to an endpoint. */
export function takeOverNames(region: Region, endpoint: string): Change {
  const call = (enabled: boolean) =>
    ec2Call('ModifyVpcEndpoint', { VpcEndpointId: endpoint, PrivateDnsEnabled: enabled });
  return setting({
    id: `${endpoint}/private-dns`,
    title: "let the service's own names lead to it",
    object: vpcEndpointObject(region, endpoint),
    edit: { kind: 'set', fields: { privateDns: { from: false, to: true } } },
    call: call(true),
    back: call(false),
  });
}
