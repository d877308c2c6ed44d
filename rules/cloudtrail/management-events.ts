import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import {
  ACCESSES,
  judgeTheTrail,
  noTrailMessages,
  type SeenTrail,
  trailResource,
} from '../../src/findings/trail/judged-trail.ts';
import { type Access, isWhole, managementGaps } from '../../src/findings/trail/selected-events.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 'cloudtrail/management-events',
  title: 'The trail logs the management events of every service',
  severity: 'high',
  rationale:
    'Management events tell who made, changed and looked at what. A trail of data events alone tells none of it; one without reads does not show who looked around first; and one without KMS does not show who decrypted.',
  remediation:
    'Log them with one selector that leaves nothing out: aws cloudtrail put-event-selectors --trail-name NAME --advanced-event-selectors \'[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]\'. It replaces all selectors, so put those of data events beside it.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html',
    'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html',
  ],
  frameworks: { fsbp: ['CloudTrail.1'], 'cis-5.0': ['3.1'], 'nist-800-53-r5': ['AU-2'] },
  needs: ['cloudtrail.trails'],
  scope: 'account',
  messages: {
    ...noTrailMessages,
    fine: 'It logs {events}, of every service.',
    missing: 'It does not log {events}.',
    partial: 'It logs only some of {events}: {selectors}.',
    excluded: 'It leaves out the events of {sources}.',
  },
  evaluate: judgeAccount,
});

type Message = 'noTrail' | 'fine' | 'missing' | 'partial' | 'excluded';

function judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  return judgeTheTrail(audit, seen => judge(audit, seen));
}

function* judge(
  { baseline }: AccountAudit,
  { trail, audit: { region } }: SeenTrail,
): Iterable<Outcome<Message>> {
  const { cloudTrail } = baseline;
  const about = { resource: trailResource(trail), region, ...heldFor(cloudTrail) };
  const wanted = ACCESSES[cloudTrail.managementEvents];
  const gaps = managementGaps(need(trail.selectors), wanted);
  const { missing, partial, excluded } = gaps;
  if (isWhole(gaps)) yield { status: 'pass', ...about, message: 'fine', data: { events: inWords(wanted) } };
  if (missing.length > 0)
    yield {
      status: 'fail',
      ...about,
      key: 'missing',
      message: 'missing',
      data: { events: inWords(missing) },
    };
  if (partial.length > 0) {
    const data = { events: inWords(partial), selectors: gaps.narrowed.join('; ') };
    yield { status: 'fail', ...about, key: 'partial', message: 'partial', data };
  }
  if (excluded.length > 0)
    yield {
      status: 'fail',
      ...about,
      key: 'excluded',
      message: 'excluded',
      data: { sources: excluded.join(', ') },
    };
}

const inWords = (accesses: readonly Access[]): string =>
  accesses.length === 2 ? 'management events' : `management events that are ${accesses.join('')}`;
