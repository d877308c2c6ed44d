import { vpcFacts } from '../../src/binding/binding.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { aboutPlacement, elsewhereMessages, judgePlaced } from '../../src/findings/placed-database.ts';
import type { DbInstance } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/port',
  title: 'The database listens on the port that the baseline opens for it',
  severity: 'medium',
  rationale:
    'Every rule of groups and network ACLs is about one port. A database on another is cut off from the backend, until somebody opens that port too, past the rows that say who may reach the database.',
  remediation:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --db-port-number PORT --apply-immediately (of Aurora: modify-db-cluster --port). It restarts the database, and clients must know the new port.',
  sources: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html'],
  frameworks: {},
  needs: [...vpcFacts, 'rds.dbInstances'],
  scope: 'vpc',
  messages: {
    own: 'It listens on {port}.',
    other: 'It listens on {port}, and the baseline opens {wanted}.',
    pending:
      'It listens on {port}, and the baseline opens {wanted}. A change to {next} waits, and is not in force.',
    none: 'It is {status} and has no port yet.',
    ...elsewhereMessages,
  },
  evaluate: judgeInstances,
});

type Message = 'own' | 'other' | 'pending' | 'none';

function judgeInstances(audit: VpcAudit): Iterable<Outcome<Message | keyof typeof elsewhereMessages>> {
  const { port: wanted } = audit.baseline.components.rds;
  return wanted === undefined ? [] : judgePlaced(audit, instance => judge(audit, instance, wanted));
}

function judge(audit: VpcAudit, instance: DbInstance, wanted: number): Outcome<Message> {
  const { port, nextPort: next, status } = instance;
  const about = aboutPlacement(audit, instance);
  if (port === undefined) return { status: 'not-applicable', ...about, message: 'none', data: { status } };
  const told = { ...about, expected: String(wanted), actual: String(port) };
  if (port === wanted) return { status: 'pass', ...told, message: 'own', data: { port } };
  return next === undefined
    ? { status: 'fail', ...told, message: 'other', data: { port, wanted } }
    : { status: 'fail', ...told, message: 'pending', data: { port, wanted, next } };
}
