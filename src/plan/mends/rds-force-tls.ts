import { need } from '../../model/fact.ts';
import type { Finding, Resource } from '../../model/finding.ts';
import type { ParameterGroup } from '../../services/rds/facts.ts';
import {
  forceTls,
  parameterGroupObject,
  parameterGroupState,
} from '../../services/rds/parameter-group/changes.ts';
import { leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Sets rds.force_ssl in parameter groups, once for all databases of a group. */
export const rdsForceTls: Planner = {
  controls: ['rds/force-tls'],
  needs: ['rds.parameterGroupTags'],
  plan: (scene, failing) =>
    together(
      scene.audit
        .value('rds.parameterGroups')
        .map(group => [group, failing.filter(finding => isOf(finding, group))] as const)
        .filter(([, own]) => own.length > 0)
        .map(([group, own]) => forced(scene, group, own)),
    ),
};

/** A finding is about a database, and its key is the group. */
const isOf = ({ key, resource }: Finding, { of, name }: ParameterGroup): boolean =>
  key === name && resource.type === (of === 'cluster' ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBInstance');

function forced(scene: Scene, group: ParameterGroup, failing: readonly Finding[]): Proposal {
  const { audit, region, suppressed } = scene;
  const { of, name } = group;
  const about = { region, resource: groupResource(scene, group), for: failing.map(causeOf) };
  const users = [...new Set(failing.map(({ resource }) => resource.id))].join(', ');
  const accepted = suppressed.find(finding => finding.control === 'rds/force-tls' && isOf(finding, group));
  if (accepted !== undefined) {
    const detail = `The database ${accepted.resource.id} has the same group, and its finding is suppressed: give it a group of its own.`;
    return leave(about, 'suppressed', detail);
  }
  if (name.startsWith('default.')) {
    const detail = `A default parameter group cannot be changed: give ${users} a group of its own, as the runbook does.`;
    return leave(about, 'in-place', detail, { runbook: ownGroup(scene, group, failing) });
  }
  const value = need(group.forceTls);
  if (value === null) {
    return leave(about, 'no-mend', `Its engine has no rds.force_ssl: upgrade ${users} to one that has it.`);
  }
  const waiting = of === 'instance' ? outOfSync(scene, name) : [];
  if (waiting.length > 0) {
    const detail = `What the group says is not in force in ${waiting.join(', ')} yet: reboot it first (aws rds reboot-db-instance), which cuts its connections.`;
    return leave(about, 'disruptive', detail);
  }
  const found = audit.value('rds.parameterGroupTags').find(one => one.of === of && one.name === name);
  const tags = found === undefined ? {} : need(found.tags);
  const change = forceTls(region, group, value);
  return unlessManaged(scene, about, tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: change.id,
        title: `let the databases of the parameter group ${name} refuse connections without TLS`,
        risk: 'review',
        disruption: `Clients that connect to ${users} without TLS are refused from then on: pg_stat_ssl shows whether there are any.`,
        changes: [change],
      },
    ],
    fingerprints: [{ object: parameterGroupObject(region, group), state: parameterGroupState(value, tags) }],
  }));
}

/** The instances that do not have in force what their group says. */
const outOfSync = ({ audit }: Scene, group: string): string[] =>
  audit
    .value('rds.dbInstances')
    .filter(({ parameterGroups }) =>
      parameterGroups.some(({ name, status }) => name === group && status !== 'in-sync'),
    )
    .map(({ id }) => id);

const groupResource = ({ audit }: Scene, { of, name }: ParameterGroup): Resource => ({
  type: of === 'cluster' ? 'AWS::RDS::DBClusterParameterGroup' : 'AWS::RDS::DBParameterGroup',
  arn: audit.arnOf('rds', audit.account, `${of === 'cluster' ? 'cluster-pg' : 'pg'}:${name}`),
  id: name,
});

/** The commands that give databases a parameter group of their own; the default group's name ends in its family. */
function ownGroup({ region }: Scene, { of, name }: ParameterGroup, failing: readonly Finding[]): string[] {
  const family = name.replace(/^default\./, '');
  const own = `securecart-${family.replaceAll('.', '-')}`;
  const kind = of === 'cluster' ? 'db-cluster' : 'db';
  const target = of === 'cluster' ? 'db-cluster' : 'db-instance';
  const rds = (command: string) => `aws rds ${command} --region ${region}`;
  const group = `--${kind}-parameter-group-name ${own}`;
  return [
    rds(
      `create-${kind}-parameter-group ${group} --db-parameter-group-family ${family} --description "TLS only"`,
    ),
    rds(
      `modify-${kind}-parameter-group ${group} --parameters ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate`,
    ),
    ...failing.map(({ resource }) => rds(`modify-${target} --${target}-identifier ${resource.id} ${group}`)),
    '# The group holds after a reboot, which cuts every connection:',
    ...failing.map(({ resource }) =>
      of === 'cluster'
        ? `# reboot each instance of ${resource.id}`
        : rds(`reboot-db-instance --db-instance-identifier ${resource.id}`),
    ),
  ];
}
