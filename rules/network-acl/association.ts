import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { subnetResource } from '../../src/findings/resources.ts';
import { networkAclOf } from '../../src/findings/subnet-associations.ts';
import { Tier } from '../../src/model/baseline/row.ts';

export default defineControl({
  id: 'network-acl/association',
  title: 'The subnets of each tier share one network ACL, which is theirs alone',
  severity: 'medium',
  rationale:
    'A subnet that names no network ACL has the default one, which allows everything. Where two tiers share one, each has what the other needs; where one tier has two, a change to one is forgotten in the other.',
  remediation:
    'Associate the subnet with the network ACL of its tier. The old one stays in force until that moment. `securecart fix` plans it.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-associate.html'],
  frameworks: {},
  needs: [...tierFacts, 'ec2.networkAcls'],
  scope: 'vpc',
  messages: {
    own: 'The subnet has the network ACL {acl} of the tier {tier}.',
    default: "The subnet has the VPC's default network ACL {acl}.",
    other: 'The subnet has the network ACL {acl} of the tier {other}.',
    split: 'The subnet has the network ACL {acl}, but {usual} is the one of the tier {tier}.',
  },
  evaluate: judgeSubnets,
});

function* judgeSubnets(audit: VpcAudit): Iterable<Outcome<'own' | 'default' | 'other' | 'split'>> {
  const acls = audit.value('ec2.networkAcls');
  const located = Tier.options.flatMap(tier =>
    audit.tier(tier).map(subnet => ({ tier, subnet, acl: networkAclOf(subnet.id, audit.vpc.id, acls) })),
  );
  // A network ACL is the one of the tier that has it most, so that of two tiers only the one that strayed fails.
  const ownerOf = (id: string) =>
    mostFrequent(located.filter(({ acl }) => acl?.id === id).map(({ tier }) => tier));
  const usualIn = (tier: Tier) =>
    mostFrequent(
      located.flatMap(({ tier: own, acl }) =>
        own === tier && acl !== undefined && ownerOf(acl.id) === tier ? acl.id : [],
      ),
    );
  for (const { tier, subnet, acl } of located) {
    const about = { resource: subnetResource(subnet), ...heldFor(audit.baseline.network.tiers[tier]) };
    const id = acl?.id ?? '';
    const [other, usual] = [ownerOf(id) ?? tier, usualIn(tier) ?? id];
    if (acl === undefined || acl.isDefault)
      yield { status: 'fail', ...about, message: 'default', data: { acl: id } };
    else if (other !== tier) yield { status: 'fail', ...about, message: 'other', data: { acl: id, other } };
    else if (id !== usual)
      yield { status: 'fail', ...about, message: 'split', data: { acl: id, usual, tier } };
    else yield { status: 'pass', ...about, message: 'own', data: { acl: id, tier } };
  }
}

/** What comes up most; of several the first in order, whatever order they came in. */
function mostFrequent<T extends string>(items: readonly T[]): T | undefined {
  const count = (item: T) => items.filter(other => other === item).length;
  return items.toSorted((a, b) => count(b) - count(a) || (a < b ? -1 : 1))[0];
}
