import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { type Creation, creation, ec2Call, setting } from '../creation.ts';
import type { InternetGateway } from '../facts.ts';

/** An internet gateway as plans compare it. */
export const internetGatewayState = ({ vpcs, tags }: InternetGateway): ObjectState => ({ vpcs, tags });

/** The gateway as an object of a plan. */
export const internetGatewayObject = (region: Region, id: string): LiveObject => ({
  kind: 'internet-gateway',
  region,
  id,
});

/** Creates a gateway, which is attached to nothing yet. */
export const createInternetGateway = (about: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>): Change =>
  creation({ ...about, kind: 'internet-gateway', state: { vpcs: [] }, input: {} });

/** The change that attaches a gateway. */
export const attachmentId = (gateway: string): ChangeId => `${gateway}/attach`;

/** Attaches a gateway to a VPC. No route leads to it by that alone. */
export const attachInternetGateway = (region: Region, gateway: string, vpc: string): Change => {
  const input = { InternetGatewayId: gateway, VpcId: vpc };
  return setting({
    id: attachmentId(gateway),
    title: `attach it to ${vpc}`,
    object: internetGatewayObject(region, gateway),
    edit: { kind: 'list', field: 'vpcs', remove: [], add: [vpc] },
    call: ec2Call('AttachInternetGateway', input),
    back: ec2Call('DetachInternetGateway', input),
  });
};
