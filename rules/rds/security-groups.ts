import { componentFacts } from '../../src/binding/binding.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { aboutPlacement, elsewhereMessages, judgePlaced } from '../../src/findings/placed-database.ts';
import type { DbInstance } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/security-groups',
  title: 'The database carries the security groups of its component, and not the default one',
  severity: 'high',
  rationale:
    'What the groups of an instance allow is added up: one more group opens it, however narrow the right one is. The default group, which RDS gives to what is restored without a group, lets in whatever else was forgotten in it.',
  remediation:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --vpc-security-group-ids GROUP … --apply-immediately, with the groups that stay. Make sure that those let in what connects today.',
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html'],
  frameworks: {},
  needs: componentFacts,
  scope: 'vpc',
  messages: {
    own: 'It carries {groups}, of the component rds.',
    default: 'It carries {group}, the default group of the VPC.',
    other: 'It carries {others}, which {are} not of the component rds.',
    ...elsewhereMessages,
  },
  evaluate: (audit: VpcAudit) => judgePlaced(audit, instance => judge(audit, instance)),
});

type Message = 'own' | 'default' | 'other';

function judge(audit: VpcAudit, { securityGroups: carried, ...instance }: DbInstance): Outcome<Message> {
  const { groups: own } = audit.component('rds');
  const about = {
    ...aboutPlacement(audit, { ...instance, securityGroups: carried }),
    expected: own.join(', '),
    actual: carried.join(', '),
  };
  // EC2 reserves the name: no other group of the VPC can have it.
  const group = audit
    .value('ec2.securityGroups')
    .find(({ id, name }) => carried.includes(id) && name === 'default');
  const others = carried.filter(id => !own.includes(id));
  if (group !== undefined) return { status: 'fail', ...about, message: 'default', data: { group: group.id } };
  if (others.length > 0) {
    const are = others.length === 1 ? 'is' : 'are';
    return { status: 'fail', ...about, message: 'other', data: { others: others.join(', '), are } };
  }
  return { status: 'pass', ...about, message: 'own', data: { groups: carried.join(', ') } };
}
