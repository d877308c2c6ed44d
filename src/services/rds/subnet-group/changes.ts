import type { Region } from '../../../model/identifiers.ts';
import type { Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { type Creation, creation, rdsCall } from '../creation.ts';
import type { DbSubnetGroup } from '../facts.ts';

type Place = Pick<DbSubnetGroup, 'name' | 'vpc' | 'subnets'>;

/** A subnet group as plans compare it. */
export const subnetGroupState = (
  { vpc, subnets }: Pick<Place, 'vpc' | 'subnets'>,
  tags: Record<string, string>,
): ObjectState => ({ vpc, subnets, tags });

/** A subnet group as an object of a plan. */
export const subnetGroupObject = (region: Region, name: string): LiveObject => ({
  kind: 'db-subnet-group',
  region,
  id: name,
});

/** Creates a subnet group. */
export const createSubnetGroup = (
  region: Region,
  { name, vpc, subnets }: Place,
  about: Pick<Creation, 'id' | 'title' | 'tags'>,
): Change =>
  creation({
    ...about,
    object: subnetGroupObject(region, name),
    state: { vpc, subnets },
    create: rdsCall('CreateDBSubnetGroup', {
      DBSubnetGroupName: name,
      DBSubnetGroupDescription: 'SecureCart database tier',
      SubnetIds: subnets,
    }),
    remove: rdsCall('DeleteDBSubnetGroup', { DBSubnetGroupName: name }),
  });

/** Gives a subnet group other subnets. RDS refuses to take out one in which a database stands. */
export function replaceSubnets(region: Region, { name, subnets }: Place, wanted: readonly string[]): Change {
  const set = (SubnetIds: readonly string[]) =>
    rdsCall('ModifyDBSubnetGroup', { DBSubnetGroupName: name, SubnetIds: [...SubnetIds] });
  const permissions = ['rds:ModifyDBSubnetGroup'];
  return {
    id: `rds/${region}/subnet-group-${name}/subnets`,
    title: 'give it the subnets of the database tier, and no others',
    object: subnetGroupObject(region, name),
    edit: {
      kind: 'list',
      field: 'subnets',
      remove: subnets.filter(id => !wanted.includes(id)),
      add: wanted.filter(id => !subnets.includes(id)),
    },
    call: set(wanted),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: set(subnets), permissions },
  };
}
