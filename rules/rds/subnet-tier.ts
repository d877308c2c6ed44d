import { tierFacts } from '../../src/binding/binding.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { aboutPlacement, elsewhereMessages, judgePlaced } from '../../src/findings/placed-database.ts';
import type { DbInstance } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/subnet-tier',
  title: 'The database stands in the subnets of its tier',
  severity: 'critical',
  rationale:
    'RDS places an instance in any subnet of its subnet group, and moves it to another when a zone fails. One public subnet in the group is enough for the database to wake up beside the load balancer, with a route to the internet.',
  remediation:
    'Take the foreign subnets out of the subnet group: aws rds modify-db-subnet-group names all that stay, and refuses while the instance stands in one that goes. Then it needs another group first, which means downtime.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Subnets',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-18',
  ],
  frameworks: { fsbp: ['RDS.18'] },
  needs: [...tierFacts, 'rds.dbInstances'],
  scope: 'vpc',
  messages: {
    inside: 'All subnets of its group {group} are of the tier {tier}, in {zones}.',
    outside: 'Its group {group} has subnets that are not of the tier {tier}: {subnets}.',
    leaving:
      'Its group {group} has subnets that are not of the tier {tier}: {subnets}. The group {next} takes its place in the maintenance window, and not before.',
    oneZone: 'All subnets of its group {group} are in {zone}, so that it goes down with that zone.',
    ...elsewhereMessages,
  },
  evaluate: (audit: VpcAudit) => judgePlaced(audit, instance => judge(audit, instance)),
});

type Message = 'inside' | 'outside' | 'leaving' | 'oneZone';

/** Every subnet of the group, not only the one where the instance is today. */
function judge(audit: VpcAudit, instance: DbInstance): Outcome<Message> {
  const { tier } = audit.baseline.encryption.rds.placement;
  const inTier = new Map(audit.tier(tier).map(subnet => [subnet.id, subnet]));
  const outside = instance.subnets.filter(id => !inTier.has(id));
  const zones = [...new Set(instance.subnets.flatMap(id => inTier.get(id)?.zone ?? []))].sort();
  const about = { ...aboutPlacement(audit, instance), actual: instance.subnets.join(', ') };
  const group = instance.subnetGroup;
  if (outside.length > 0) {
    const data = { group, tier, subnets: outside.join(', ') };
    const next = instance.nextSubnetGroup;
    return next === undefined
      ? { status: 'fail', ...about, message: 'outside', data }
      : { status: 'fail', ...about, message: 'leaving', data: { ...data, next } };
  }
  const [zone = '', ...others] = zones;
  if (others.length === 0)
    return { status: 'fail', ...about, severity: 'medium', message: 'oneZone', data: { group, zone } };
  return { status: 'pass', ...about, message: 'inside', data: { group, tier, zones: zones.join(', ') } };
}
