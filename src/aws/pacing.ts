import PQueue from 'p-queue';
import type { Region } from '../model/identifiers.ts';

/** How many calls may be under way at once, and how many may start in a second where AWS's quota is below what that gives. */
interface Pace {
  readonly concurrency: number;
  readonly perSecond?: number;
}

const usual: Pace = { concurrency: 8 };

/**
 * By service. WAFV2 allows few calls a second, and an association's lookups fewest (WAF's API reference, quotas); API
 * Gateway allows ten in all, and five listings of an API's resources in two (its developer guide, quotas).
 */
const paces: Readonly<Record<string, Pace>> = {
  wafv2: { concurrency: 2, perSecond: 5 },
  apigateway: { concurrency: 4, perSecond: 8 },
};

/** By call, for those with a quota of their own. */
const callPaces: Readonly<Record<string, Pace>> = {
  'wafv2:GetWebACLForResource': { concurrency: 1, perSecond: 1 },
  'wafv2:ListResourcesForWebACL': { concurrency: 1, perSecond: 1 },
  'apigateway:GetResources': { concurrency: 1, perSecond: 2 },
};

/** Runs a call once its turn has come; rejects when `signal` aborts before that. */
export type Pacing = <T>(
  turn: { region: Region; service: string; call: string; signal: AbortSignal | undefined },
  run: () => Promise<T>,
) => Promise<T>;

/** Queues of calls, one for each service of each Region (AWS counts by account, Region and API). */
export function createPacing(): Pacing {
  const queues = new Map<string, PQueue>();
  const queueFor = (key: string, { concurrency, perSecond }: Pace): PQueue => {
    const existing = queues.get(key);
    if (existing !== undefined) return existing;
    // Strict: in any second, not in each of the clock's, at whose border twice as many could start.
    const rate = perSecond === undefined ? {} : { interval: 1000, intervalCap: perSecond, strict: true };
    const queue = new PQueue({ concurrency, ...rate });
    queues.set(key, queue);
    return queue;
  };
  return ({ region, service, call, signal }, run) => {
    const own = callPaces[call];
    const queue =
      own === undefined
        ? queueFor(`${region} ${service}`, paces[service] ?? usual)
        : queueFor(`${region} ${call}`, own);
    return queue.add(run, { signal });
  };
}
