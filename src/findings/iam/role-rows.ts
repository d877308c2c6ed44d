import type { ManagedPolicy, RoleDetail } from '../../services/iam/facts.ts';
import type { RegionAudit } from '../control.ts';
import { permissionsOf } from './permissions.ts';
import { type Excess, excessOf, type Lack, lackOf } from './role-comparison.ts';
import { accountOf } from './roles.ts';
import { allowancesOf, type WorkloadRole } from './wanted.ts';

/**
 * A role beside its row. A role is the account's, and the shop may stand in several Regions: it must allow what the row
 * names in one that was looked at, and may allow the same in others. Throws UnknownFact.
 */
export function compareRole(
  row: WorkloadRole,
  role: RoleDetail,
  policies: readonly ManagedPolicy[],
  regions: readonly Pick<RegionAudit, 'region'>[],
): { lack: Lack; excess: Excess[] } {
  const [, partition = ''] = role.arn.split(':');
  const within = (region: string) => allowancesOf(row, { partition, account: accountOf(role.arn), region });
  const permissions = permissionsOf(role, policies);
  const lacks = regions.map(({ region }) => lackOf(permissions, within(region)));
  const least = lacks.toSorted((a, b) => weight(a) - weight(b))[0] ?? { refused: [], unclear: [] };
  return { lack: least, excess: excessOf(permissions, within('*')) };
}

const weight = ({ refused, unclear }: Lack): number => 2 * refused.length + unclear.length;
