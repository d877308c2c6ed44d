import type { Region } from '../../../model/identifiers.ts';
import type { Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { type Creation, creation } from '../creation.ts';
import type { ElasticIp, NatGateway } from '../facts.ts';

type About = Pick<Creation, 'region' | 'id' | 'title' | 'tags'>;

/** An Elastic IP address as plans compare it: what it is associated with is for its user to say. */
export const elasticIpState = ({ tags }: Pick<ElasticIp, 'tags'>): ObjectState => ({ tags });

/** The address as an object of a plan. */
export const elasticIpObject = (region: Region, id: string): LiveObject => ({
  kind: 'elastic-ip',
  region,
  id,
});

/** Allocates an address of Amazon's. */
export const allocateAddress = (about: About): Change =>
  creation({ ...about, kind: 'elastic-ip', state: {}, input: { Domain: 'vpc' } });

/** A NAT gateway as plans compare it; `address` is the id of its allocation. Whether AWS is still building it is no part of that. */
export const natGatewayState = ({
  subnet,
  address,
  tags,
}: Pick<NatGateway, 'subnet' | 'tags'> & { readonly address: string | null }): ObjectState => ({
  subnet: subnet ?? null,
  address,
  tags,
});

/** Creates a public NAT gateway in one subnet. */
export const createNatGateway = (place: { subnet: string; address: string }, about: About): Change =>
  creation({
    ...about,
    kind: 'nat-gateway',
    state: place,
    input: {
      SubnetId: place.subnet,
      AllocationId: place.address,
      ClientToken: { $token: about.id },
    },
  });
