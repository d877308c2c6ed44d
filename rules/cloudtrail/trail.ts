import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import {
  judgeTrailOr,
  type SeenTrail,
  trailResource,
  trailsOf,
} from '../../src/findings/trail/judged-trail.ts';
import { logsManagement } from '../../src/findings/trail/selected-events.ts';
import type { Trail } from '../../src/services/cloudtrail/facts.ts';

export default defineControl({
  id: 'cloudtrail/trail',
  title: 'A trail logs every Region, and the services that have none',
  severity: 'high',
  rationale:
    'Whoever gets in works where nobody looks: in a Region that is not used, or in IAM, whose events belong to no Region. Without a trail, CloudTrail keeps 90 days of management events, and whoever has the account can no longer be followed after that.',
  remediation:
    'Create it with `securecart apply`, or let a trail that is there log every Region: aws cloudtrail update-trail --name NAME --is-multi-region-trail --include-global-service-events, in its home Region.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html',
  ],
  frameworks: {
    fsbp: ['CloudTrail.1'],
    'cis-5.0': ['3.1'],
    'pci-4.0': ['10.2.1'],
    'nist-800-53-r5': ['AU-2', 'AU-12'],
  },
  needs: ['cloudtrail.trails'],
  scope: 'account',
  messages: {
    fine: 'It logs {regions}.',
    copies:
      'It logs {regions}. {others} logs management events too: AWS charges for every copy of them but the first.',
    absent: 'No trail logs what is called in {regions}.',
    regional: 'It logs {region} alone: what is called in any other Region is not logged.',
    noGlobal: 'It leaves out the services without a Region: nobody sees what is done in IAM.',
  },
  evaluate: judgeAccount,
});

type Message = 'fine' | 'copies' | 'absent' | 'regional' | 'noGlobal';

function judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  return judgeTrailOr(
    audit,
    seen => judge(audit, seen),
    regions => ({
      status: 'fail',
      resource: audit.account,
      ...heldFor(audit.baseline.cloudTrail),
      message: 'absent',
      data: { regions },
    }),
  );
}

function* judge(audit: AccountAudit, { trail, audit: { region } }: SeenTrail): Iterable<Outcome<Message>> {
  const { cloudTrail } = audit.baseline;
  const about = { resource: trailResource(trail), region, ...heldFor(cloudTrail) };
  const isRegional = cloudTrail.multiRegion && !trail.multiRegion;
  const lacksGlobal = cloudTrail.globalServiceEvents && !trail.globalServiceEvents;
  if (isRegional)
    yield {
      status: 'fail',
      ...about,
      key: 'region',
      message: 'regional',
      data: { region: trail.homeRegion },
    };
  if (lacksGlobal) yield { status: 'fail', ...about, key: 'global', message: 'noGlobal' };
  if (isRegional || lacksGlobal) return;
  const regions = trail.multiRegion ? 'every Region' : trail.homeRegion;
  const others = copiesOf(audit, trail);
  if (others === '') yield { status: 'pass', ...about, message: 'fine', data: { regions } };
  else yield { status: 'pass', ...about, message: 'copies', data: { regions, others } };
}

/** The other trails that log management events where this one does, by their names. */
const copiesOf = ({ regions }: AccountAudit, { arn, homeRegion, multiRegion }: Trail): string =>
  trailsOf(regions)
    .map(({ trail }) => trail)
    .filter(
      other =>
        other.arn !== arn &&
        (multiRegion || other.multiRegion || other.homeRegion === homeRegion) &&
        other.status.kind === 'known' &&
        other.status.value.logging &&
        other.selectors.kind === 'known' &&
        logsManagement(other.selectors.value),
    )
    .map(({ name }) => name)
    .sort()
    .join(', ');
