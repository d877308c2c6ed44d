import { bestTrail, type SeenTrail, trailsOf } from '../../findings/trail/judged-trail.ts';
import { logsManagement } from '../../findings/trail/selected-events.ts';
import { need } from '../../model/fact.ts';
import type { Trail } from '../../services/cloudtrail/facts.ts';
import type { Scene } from '../scene.ts';
import { isStandIn } from './part.ts';

/** The ARN of the baseline's own trail, which is known before it is created. */
export const trailArn = ({ audit }: Scene): string =>
  audit.arnOf('cloudtrail', audit.account, `trail/${audit.baseline.cloudTrail.name}`);

/** The name of its bucket. */
export const trailBucketName = ({ audit, region }: Scene): string =>
  audit.baseline.cloudTrail.bucket.replaceAll('{account}', audit.account).replaceAll('{region}', region);

/**
 * The trail that is the baseline's, whatever it lacks: of those that log management events the best one, since AWS
 * charges for a second copy of them, or the one of the baseline's name. Throws UnknownFact.
 */
export function adoptableTrail({ audit, region }: Scene): Trail | undefined {
  const wanted = audit.baseline.cloudTrail;
  const isIt = ({ trail: { name, homeRegion, selectors } }: SeenTrail) =>
    (name === wanted.name && homeRegion === region) || logsManagement(need(selectors));
  audit.value('cloudtrail.trails');
  const there = trailsOf([audit]).filter(({ trail }) => !isStandIn(trail.name));
  return bestTrail(there.filter(isIt), wanted)?.trail;
}
