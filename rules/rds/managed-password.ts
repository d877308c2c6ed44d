import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { databaseResource } from '../../src/findings/resources.ts';
import type { Resource } from '../../src/model/finding.ts';
import type { DbCluster, DbInstance } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/managed-password',
  title: 'RDS keeps the master password of the database in Secrets Manager',
  severity: 'medium',
  rationale:
    'A password that somebody made up is known to somebody: it stands in a template, a shell history or a chat, and nobody changes it. The one that RDS makes is seen by nobody who may not read its secret, and changes every seven days.',
  remediation:
    'aws rds modify-db-instance --db-instance-identifier INSTANCE --manage-master-user-password --apply-immediately (of a cluster: modify-db-cluster). The password changes at once, so that whatever uses the old one must read the secret first. A secret that is impaired wants its permissions, or its key, back.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_MasterUserSecret.html',
  ],
  frameworks: {},
  needs: ['rds.dbInstances', 'rds.dbClusters'],
  scope: 'region',
  messages: {
    managed: 'RDS keeps its master password in Secrets Manager.',
    impaired: 'RDS can no longer change its master password: the secret in Secrets Manager is impaired.',
    own: 'Its master password is one that somebody has set, and RDS does not keep it in Secrets Manager.',
    replica: 'It is a replica of {source}, and has its password.',
  },
  evaluate: judgeDatabases,
});

type Message = 'managed' | 'impaired' | 'own' | 'replica';

/** A cluster's instances have the password of their cluster. */
function* judgeDatabases(audit: RegionAudit): Iterable<Outcome<Message>> {
  const row = audit.baseline.secrets.secrets.find(({ holds }) => holds === 'database-credentials');
  if (row === undefined) return;
  const isForPostgres = ({ engine }: { engine: string }) =>
    engine.includes(audit.baseline.encryption.rds.placement.engine);
  for (const instance of audit.value('rds.dbInstances').filter(isForPostgres)) {
    if (instance.cluster !== undefined) continue;
    yield judge({ resource: databaseResource('DBInstance', instance), ...heldFor(row) }, instance);
  }
  for (const cluster of audit.value('rds.dbClusters').filter(isForPostgres)) {
    yield judge({ resource: databaseResource('DBCluster', cluster), ...heldFor(row) }, cluster);
  }
}

function judge(
  about: ReturnType<typeof heldFor> & { resource: Resource },
  { masterSecret, replicaOf: source }: Pick<DbInstance | DbCluster, 'masterSecret' | 'replicaOf'>,
): Outcome<Message> {
  if (source !== undefined)
    return { status: 'not-applicable', ...about, message: 'replica', data: { source } };
  if (masterSecret === 'sound') return { status: 'pass', ...about, message: 'managed' };
  return { status: 'fail', ...about, message: masterSecret ?? 'own' };
}
