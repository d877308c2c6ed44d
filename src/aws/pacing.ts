import PQueue from 'p-queue';
import type { Region } from '../model/identifiers.ts';

/**
 * How many calls may be under way at once, and how many may start in a second where AWS's quota is below what that gives;
 * half a one is one in two seconds.
 */
interface Pace {
  readonly concurrency: number;
  readonly perSecond?: number;
}

const usual: Pace = { concurrency: 8 };

/**
 * By service. WAFV2 allows few calls a second, and an association's lookups fewest (WAF's API reference, quotas); API
 * Gateway allows ten in all, five listings of an API's resources in two, and one deployment in five (its developer guide, quotas).
 */
const paces: Readonly<Record<string, Pace>> = {
  wafv2: { concurrency: 2, perSecond: 5 },
  apigateway: { concurrency: 4, perSecond: 8 },
};

const onceASecond: Pace = { concurrency: 1, perSecond: 1 };
const everyTwoSeconds: Pace = { concurrency: 1, perSecond: 0.5 };

/** By call, for those with a quota of their own. */
const callPaces: Readonly<Record<string, Pace>> = {
  'wafv2:GetWebACLForResource': onceASecond,
  'wafv2:ListResourcesForWebACL': onceASecond,
  'wafv2:CreateIPSet': onceASecond,
  'wafv2:CreateWebACL': onceASecond,
  'wafv2:UpdateWebACL': onceASecond,
  'wafv2:PutLoggingConfiguration': onceASecond,
  'wafv2:AssociateWebACL': everyTwoSeconds,
  'wafv2:DisassociateWebACL': everyTwoSeconds,
  'apigateway:GetResources': { concurrency: 1, perSecond: 2 },
  'apigateway:CreateDeployment': { concurrency: 1, perSecond: 0.2 },
  // EC2 gives a describing call twenty more tokens a second; this one is made for each snapshot, of which there may be thousands.
  'ec2:DescribeSnapshotAttribute': { concurrency: 8, perSecond: 20 },
  // Made for each user and each key, of which an account may have thousands; AWS publishes no quota of IAM's.
  'iam:ListAccessKeys': { concurrency: 5 },
  'iam:GetAccessKeyLastUsed': { concurrency: 5 },
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
    const rate = perSecond === undefined ? {} : { ...startsIn(perSecond), strict: true };
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

/** The shortest time in which a whole number of calls may start, in milliseconds, and that number. */
const startsIn = (perSecond: number): { interval: number; intervalCap: number } =>
  perSecond < 1 ? { interval: 1000 / perSecond, intervalCap: 1 } : { interval: 1000, intervalCap: perSecond };
