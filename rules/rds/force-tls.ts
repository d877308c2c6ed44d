import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { databaseResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';
import type { Resource } from '../../src/model/finding.ts';
import type { ParameterGroup } from '../../src/services/rds/facts.ts';

export default defineControl({
  id: 'rds/force-tls',
  title: 'The database refuses connections without TLS',
  severity: 'medium',
  rationale:
    'Up to PostgreSQL 14 RDS takes plain connections by default. A client that is not told to use TLS then sends queries, and gets customer records, in the clear, and nobody notices, for it works.',
  remediation:
    'Set rds.force_ssl to 1 in a parameter group of your own (a default one cannot be changed): aws rds modify-db-parameter-group --db-parameter-group-name GROUP --parameters ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate. Clients without TLS are refused from then on. A group that is newly given to an instance holds after a reboot.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html#AuroraPostgreSQL.Security.SSL',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-38',
  ],
  frameworks: { fsbp: ['RDS.38'] },
  needs: ['rds.dbInstances', 'rds.dbClusters', 'rds.parameterGroups'],
  scope: 'region',
  messages: {
    forced: 'Its parameter group {group} has rds.force_ssl at 1.',
    plain: 'Plain connections are taken: its parameter group {group} has rds.force_ssl at {value}.',
    absent: 'Plain connections are taken: its parameter group {group} has no rds.force_ssl.',
    pending:
      'Its parameter group {group} has rds.force_ssl at 1, but is {status}: another value is in force.',
  },
  evaluate: judgeDatabases,
});

type Message = 'forced' | 'plain' | 'absent' | 'pending';

/** A database for PostgreSQL and the group that decides; of a cluster's instances that is the cluster's. */
interface Database {
  readonly resource: Resource;
  readonly of: ParameterGroup['of'];
  readonly groups: readonly { name: string; status: string }[];
}

function* judgeDatabases(audit: RegionAudit): Iterable<Outcome<Message>> {
  const row = audit.baseline.encryption.rds.transport;
  if (!row.forceTls) return;
  const parameterGroups = audit.value('rds.parameterGroups');
  yield* judgeEach(
    databasesOf(audit),
    ({ resource }) => ({ resource, ...heldFor(row) }),
    ({ resource, of, groups }) =>
      groups.map(group => {
        const found = parameterGroups.find(one => one.of === of && one.name === group.name);
        const about = { resource, ...heldFor(row), key: group.name };
        return judge(about, group, need(found?.forceTls ?? { kind: 'unknown', reason: notRead }));
      }),
  );
}

const notRead = { kind: 'not-read', call: 'rds:DescribeDBParameters' } as const;

function databasesOf(audit: RegionAudit): Database[] {
  const isForPostgres = ({ engine }: { engine: string }) =>
    engine.includes(audit.baseline.encryption.rds.placement.engine);
  return [
    ...audit
      .value('rds.dbInstances')
      .filter(instance => instance.cluster === undefined && isForPostgres(instance))
      .map(instance => ({
        resource: databaseResource('DBInstance', instance),
        of: 'instance' as const,
        groups: instance.parameterGroups,
      })),
    ...audit
      .value('rds.dbClusters')
      .filter(isForPostgres)
      .map(cluster => ({
        resource: databaseResource('DBCluster', cluster),
        of: 'cluster' as const,
        groups: [{ name: cluster.parameterGroup, status: 'in-sync' }],
      })),
  ];
}

function judge(
  about: { resource: Resource },
  { name: group, status }: Database['groups'][number],
  value: string | null,
): Outcome<Message> {
  const told = {
    ...about,
    expected: 'rds.force_ssl 1',
    actual: `rds.force_ssl ${value ?? 'absent'}, ${status}`,
  };
  if (value === null) return { status: 'fail', ...told, message: 'absent', data: { group } };
  if (value !== '1') return { status: 'fail', ...told, message: 'plain', data: { group, value } };
  if (status !== 'in-sync') return { status: 'fail', ...told, message: 'pending', data: { group, status } };
  return { status: 'pass', ...told, message: 'forced', data: { group } };
}
