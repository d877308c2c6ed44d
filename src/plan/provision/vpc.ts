import { SecureCartError } from '../../model/error.ts';
import { known } from '../../model/fact.ts';
import type { NetworkAcl, Vpc } from '../../services/ec2/facts.ts';
import {
  defaultGroupObject,
  defaultGroupState,
  emptyDefaultGroup,
  NEW_DEFAULT_RULES,
} from '../../services/ec2/security-group/create.ts';
import { createVpc, turnOnDns, vpcObject, vpcState } from '../../services/ec2/vpc/changes.ts';
import { about, adopt, build, creationOf, ec2Resource, type Part, standIn, unbuilt } from './part.ts';
import { overQuota } from './quotas.ts';
import type { Site } from './site.ts';

/** The VPC: the one that is there with its DNS turned on, or a new one whose default group allows nothing. */
export function buildVpc(site: Site): Part {
  const bound = site.audit.boundVpc();
  switch (bound.kind) {
    case 'found':
      return adoptVpc(site, bound.vpc);
    case 'absent':
      return newVpc(site);
    case 'ambiguous': {
      const ids = bound.candidates.map(({ id }) => id).join(', ');
      throw new SecureCartError(
        'plan-refused',
        `Each of ${ids} could be the baseline's VPC in ${site.region}.`,
        {
          suggestion: 'Say which: --vpc ID, or network.vpc.id in the baseline.',
        },
      );
    }
    default:
      return bound satisfies never;
  }
}

function adoptVpc(site: Site, vpc: Vpc): Part {
  const { audit, region } = site;
  const { id } = vpc;
  const resource = ec2Resource(site, 'VPC', 'vpc', id);
  const { cidr } = audit.baseline.network.vpc;
  if (!vpc.cidrs.includes(cidr)) {
    const detail = `Its CIDR is ${vpc.cidrs.join(', ')} and the baseline's is ${cidr}. Nothing is planned, since the tiers would not lie in it.`;
    return { leftAlone: [unbuilt(site, resource, 'in-place', detail)], stopped: true };
  }
  const live = audit.value('ec2.vpcDns').find(one => one.vpc === id);
  const dns = live ?? { vpc: id, support: true, hostnames: true };
  return {
    ...adopt(site, 'VPC', id),
    ...build(site, {
      id: 'vpc',
      title: `turn on DNS in ${id}`,
      resource,
      changes: [
        ...(dns.support ? [] : [turnOnDns(region, id, 'dnsSupport')]),
        ...(dns.hostnames ? [] : [turnOnDns(region, id, 'dnsHostnames')]),
      ],
      fingerprints: [{ object: vpcObject(region, id), state: vpcState(vpc, dns) }],
    }),
  };
}

function newVpc(site: Site): Part {
  const { audit, region, order } = site;
  const { cidr, id: named } = audit.baseline.network.vpc;
  const missing = order.options.vpc ?? named;
  if (missing !== undefined) {
    throw new SecureCartError('plan-refused', `There is no ${missing} in ${region}.`, {
      suggestion: 'Leave out --vpc, and network.vpc.id of the baseline, to create a VPC.',
    });
  }
  const { account: owner } = audit;
  const id = standIn('vpc');
  const said = about(site, id, { component: 'vpc', name: 'securecart', title: `create the VPC ${cidr}` });
  const own = audit.value('ec2.vpcs').filter(one => one.owner === owner);
  const vpc: Vpc = { id, owner, isDefault: false, cidrs: [cidr], ipv6Cidrs: [], tags: said.tags };
  return build(site, {
    id: 'vpc',
    title: 'create the VPC, with DNS names and a default security group that allows nothing',
    resource: ec2Resource(site, 'VPC', 'vpc', id),
    changes: [
      createVpc(cidr, said),
      turnOnDns(region, id, 'dnsHostnames'),
      ...emptyDefaultGroup(region, id, creationOf(id)),
    ],
    ...overQuota(site, 'VPCs', { there: own.length, more: 1 }),
    fingerprints: [
      { object: defaultGroupObject(region, id), state: defaultGroupState('self', NEW_DEFAULT_RULES, owner) },
    ],
    facts: {
      'ec2.vpcs': known([...audit.value('ec2.vpcs'), vpc]),
      'ec2.networkAcls': known([...audit.value('ec2.networkAcls'), defaultAcl(vpc)]),
    },
  });
}

/** The NACL that comes with a VPC: it lets everything pass. */
const defaultAcl = ({ id, owner }: Vpc): NetworkAcl => ({
  id: standIn('default-network-acl'),
  vpc: id,
  owner,
  isDefault: true,
  entries: [false, true].map(egress => ({
    number: 100,
    egress,
    action: 'allow',
    protocol: '-1',
    cidr: '0.0.0.0/0',
  })),
  associations: [],
  tags: {},
});
