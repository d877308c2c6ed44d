import { Tier } from '../../model/baseline/row.ts';
import { known } from '../../model/fact.ts';
import type { ChangeId } from '../../model/plan.ts';
import type { InternetGateway } from '../../services/ec2/facts.ts';
import {
  attachInternetGateway,
  attachmentId,
  createInternetGateway,
  internetGatewayObject,
  internetGatewayState,
} from '../../services/ec2/internet-gateway/changes.ts';
import { about, adopt, build, ec2Resource, type Part, standIn } from './part.ts';
import { homeOf, type Site } from './site.ts';

/** The internet gateway of the VPC: the one that is attached to it, one of our own that is attached to nothing, or a new one. */
export function buildInternetGateway(site: Site): Part {
  const { audit, region } = site;
  if (Tier.options.every(tier => !audit.baseline.network.tiers[tier].internetRoute)) return {};
  const vpc = homeOf(site);
  const gateways = audit.value('ec2.internetGateways');
  const attached = internetGatewayOf(site);
  if (attached !== undefined) return adopt(site, 'internet gateway', attached.id);
  const idle = gateways.find(
    ({ vpcs, tags }) => vpcs.length === 0 && tags['securecart:component'] === 'internet-gateway',
  );
  // Controls tell what a route leads to by the beginning of its target.
  const id = idle?.id ?? `igw-${standIn('internet-gateway')}`;
  const said = about(site, id, {
    component: 'internet-gateway',
    name: 'securecart',
    title: 'create the internet gateway',
  });
  const gateway: InternetGateway = idle ?? { id, owner: audit.account, vpcs: [], tags: said.tags };
  return build(site, {
    id: 'internet-gateway',
    title: 'give the VPC an internet gateway',
    resource: ec2Resource(site, 'InternetGateway', 'internet-gateway', id),
    changes: [
      ...(idle === undefined ? [createInternetGateway(said)] : []),
      attachInternetGateway(region, id, vpc.id),
    ],
    fingerprints:
      idle === undefined
        ? []
        : [{ object: internetGatewayObject(region, id), state: internetGatewayState(idle) }],
    facts: {
      'ec2.internetGateways': known([
        ...gateways.filter(other => other !== idle),
        { ...gateway, vpcs: [vpc.id] },
      ]),
    },
  });
}

/** The internet gateway that is attached to the VPC, or will be. */
export function internetGatewayOf(site: Site): InternetGateway | undefined {
  const { id } = homeOf(site);
  return site.audit.value('ec2.internetGateways').find(({ vpcs }) => vpcs.includes(id));
}

/** The change of the plan that attaches it, before which AWS leads nothing to it; none where it is attached already. */
export function attachmentIn(site: Site): ChangeId[] {
  const gateway = internetGatewayOf(site);
  const id = gateway && attachmentId(gateway.id);
  return id !== undefined && site.planned.has(id) ? [id] : [];
}
