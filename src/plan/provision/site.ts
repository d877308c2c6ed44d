import type { Baseline } from '../../model/baseline/baseline.ts';
import type { Region } from '../../model/identifiers.ts';
import type { ChangeId, Mend } from '../../model/plan.ts';
import type { Vpc } from '../../services/ec2/facts.ts';
import type { Facts } from '../../services/facts.ts';
import { type PlanOptions, type Scene, sceneOf } from '../scene.ts';

/** What a baseline is built by, and where. */
export interface Order {
  readonly baseline: Baseline;
  readonly region: Region;
  readonly account: { readonly id: string; readonly partition: string };
  /** When the snapshot was begun. */
  readonly takenAt: string;
  /** The id of the plan, and the digest of the baseline. */
  readonly plan: string;
  readonly digest: string;
  /** With the VPC that the user named. */
  readonly options: PlanOptions & { readonly vpc?: string | undefined };
}

/** The scene on which a baseline is built: what the account has, and what the plan has created so far. */
export interface Site extends Scene {
  readonly order: Order;
  /** The changes that are planned so far. */
  readonly planned: ReadonlySet<ChangeId>;
  /** The site once some mends are made, and other facts stand in the place of those of the same name. */
  readonly after: (mends: readonly Mend[], changed: Facts) => Site;
}

/** The site of an order, where these are the facts. */
export const siteOf = (order: Order, facts: Facts, planned: ReadonlySet<ChangeId> = new Set()): Site => ({
  ...sceneOf(order.baseline, order.region, facts, order, {
    ...order.options,
    plan: order.plan,
    digest: order.digest,
    suppressed: [],
  }),
  order,
  planned,
  after: (mends, changed) => {
    const made = mends.flatMap(({ changes }) => changes.map(({ id }) => id));
    return siteOf(order, { ...facts, ...changed }, new Set([...planned, ...made]));
  },
});

/** The VPC of the site: the account's, or the one that the plan creates. Throws where the first builder was not its own. */
export function homeOf({ vpc, region }: Pick<Scene, 'vpc' | 'region'>): Vpc {
  if (vpc !== undefined) return vpc;
  throw new Error(`no VPC stands in ${region}`);
}
