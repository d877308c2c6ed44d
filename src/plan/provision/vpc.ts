import { bind } from '../../binding/bind.ts';
import { SecureCartError } from '../../model/error.ts';
import { need } from '../../model/fact.ts';
import type { NetworkAcl, Vpc } from '../../services/ec2/facts.ts';
import {
  defaultGroupObject,
  defaultGroupState,
  emptyDefaultGroup,
  NEW_DEFAULT_RULES,
} from '../../services/ec2/security-group/create.ts';
import { createVpc, turnOnDns, vpcObject, vpcState } from '../../services/ec2/vpc/changes.ts';
import {
  about,
  building,
  creationOf,
  ec2Resource,
  lookUp,
  notBuilt,
  type Part,
  type Site,
  standIn,
  unchanged,
  withFact,
} from './site.ts';

/** The VPC of a site; undefined where there is none yet. Throws a SecureCartError where several could be meant. */
export function boundVpc({ baseline, facts, vpc, region }: Site): Vpc | undefined {
  const bound = need(bind(baseline, facts, { vpc }).vpc);
  if (bound.kind === 'ambiguous') {
    const ids = bound.candidates.map(({ id }) => id).join(', ');
    throw new SecureCartError('plan-refused', `Each of ${ids} could be the baseline's VPC in ${region}.`, {
      suggestion: 'Say which: --vpc ID, or network.vpc.id in the baseline.',
    });
  }
  return bound.kind === 'found' ? bound.vpc : undefined;
}

/** The VPC: the one that is there with its DNS turned on, or a new one whose default group allows nothing. */
export function buildVpc(site: Site): Part {
  const vpc = boundVpc(site);
  return vpc === undefined ? newVpc(site) : adoptVpc(site, vpc);
}

function adoptVpc(site: Site, vpc: Vpc): Part {
  const { region, baseline } = site;
  const resource = ec2Resource(site, 'VPC', 'vpc', vpc.id);
  const { cidr } = baseline.network.vpc;
  if (!vpc.cidrs.includes(cidr)) {
    const detail = `Its CIDR is ${vpc.cidrs.join(', ')} and the baseline's is ${cidr}. Nothing is planned, since the tiers would not lie in it.`;
    return { ...unchanged(site), leftAlone: [notBuilt(site, resource, 'in-place', detail)], stopped: true };
  }
  const dns = lookUp(site, 'ec2.vpcDns').find(({ vpc: of }) => of === vpc.id) ?? {
    vpc: vpc.id,
    support: true,
    hostnames: true,
  };
  const changes = [
    ...(dns.support ? [] : [turnOnDns(region, vpc.id, 'dnsSupport')]),
    ...(dns.hostnames ? [] : [turnOnDns(region, vpc.id, 'dnsHostnames')]),
  ];
  return {
    ...unchanged(site),
    mends: building(site, { id: 'vpc', title: `turn on DNS in ${vpc.id}`, resource, changes }),
    fingerprints:
      changes.length === 0 ? [] : [{ object: vpcObject(region, vpc.id), state: vpcState(vpc, dns) }],
    adopted: [{ what: 'VPC', region, id: vpc.id }],
  };
}

function newVpc(site: Site): Part {
  const { account, baseline, region, facts } = site;
  const { cidr, id: named } = baseline.network.vpc;
  const missing = site.vpc ?? named;
  if (missing !== undefined) {
    throw new SecureCartError('plan-refused', `There is no ${missing} in ${region}.`, {
      suggestion: 'Leave out --vpc, and network.vpc.id of the baseline, to create a VPC.',
    });
  }
  const id = standIn('vpc');
  const said = about(site, id, { component: 'vpc', name: 'securecart', title: `create the VPC ${cidr}` });
  const vpc: Vpc = { id, owner: account.id, isDefault: false, cidrs: [cidr], ipv6Cidrs: [], tags: said.tags };
  const changes = [
    createVpc(cidr, said),
    turnOnDns(region, id, 'dnsHostnames'),
    ...emptyDefaultGroup(region, id, creationOf(id)),
  ];
  return {
    ...unchanged(site),
    mends: building(site, {
      id: 'vpc',
      title: 'create the VPC, with DNS names and a default security group that allows nothing',
      resource: ec2Resource(site, 'VPC', 'vpc', id),
      changes,
    }),
    fingerprints: [
      {
        object: defaultGroupObject(region, id),
        state: defaultGroupState('self', NEW_DEFAULT_RULES, account.id),
      },
    ],
    facts: withFact(withFact(facts, 'ec2.vpcs', [...lookUp(site, 'ec2.vpcs'), vpc]), 'ec2.networkAcls', [
      ...lookUp(site, 'ec2.networkAcls'),
      defaultAcl(vpc),
    ]),
  };
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
