import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { aboutPlacement, elsewhereMessages, otherEngine } from '../../src/findings/placed-database.ts';
import type { DbInstance } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/public-access',
  title: 'No database is publicly accessible',
  severity: 'critical',
  rationale:
    'A publicly accessible instance has a public address under a name that anyone resolves. Then one open rule of a security group is all that stands between its password and the internet.',
  remediation:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --no-publicly-accessible --apply-immediately. Without the last option it waits for the maintenance window. Whoever connected from outside needs another way first.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2',
  ],
  frameworks: {
    fsbp: ['RDS.2'],
    'cis-5.0': ['2.2.3'],
    'pci-4.0': ['1.3.1'],
    'nist-800-53-r5': ['AC-4', 'SC-7'],
  },
  needs: ['rds.dbInstances'],
  scope: 'region',
  messages: {
    private: 'Its name leads to a private address alone.',
    public: 'It is publicly accessible: its name leads to a public address from outside the VPC.',
    otherEngine: elsewhereMessages.otherEngine,
  },
  evaluate: judgeInstances,
});

/** Wherever it stands: a public database outside the baseline's VPC is no less public. */
function* judgeInstances(audit: RegionAudit): Iterable<Outcome<'private' | 'public' | 'otherEngine'>> {
  for (const instance of audit.value('rds.dbInstances')) {
    yield otherEngine(audit, instance) ?? judge(audit, instance);
  }
}

function judge(audit: RegionAudit, instance: DbInstance): Outcome<'private' | 'public'> {
  const about = aboutPlacement(audit, instance);
  return instance.publiclyAccessible
    ? { status: 'fail', ...about, message: 'public' }
    : { status: 'pass', ...about, message: 'private' };
}
