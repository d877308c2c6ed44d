import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import {
  askedTypes,
  judgeTheTrail,
  noTrailMessages,
  type SeenTrail,
  trailResource,
} from '../../src/findings/trail/judged-trail.ts';
import { dataGaps, isWhole } from '../../src/findings/trail/selected-events.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 'cloudtrail/data-events',
  title: 'The trail logs the data events that the baseline asks for',
  severity: 'medium',
  rationale:
    'Who read which object, and who called which function, is no management event: without data events nobody can tell after a theft what was taken.',
  remediation:
    'Add a selector for every resource of the type, beside those that are there: aws cloudtrail put-event-selectors replaces all of them. Data events are charged for by the event.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html',
    'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html',
  ],
  frameworks: { 'cis-5.0': ['3.8', '3.9'] },
  needs: ['cloudtrail.trails'],
  scope: 'account',
  messages: {
    unasked: 'The baseline asks for no data events.',
    ...noTrailMessages,
    fine: 'It logs reads and writes of every {type}.',
    missing: 'It does not log {what} of {type}.',
    partial: 'It logs {what} of some {type} alone: {selectors}.',
  },
  evaluate: judgeAccount,
});

type Message = 'unasked' | 'noTrail' | 'fine' | 'missing' | 'partial';

function judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  const types = askedTypes(audit.baseline.cloudTrail);
  return judgeTheTrail(audit, seen =>
    types.length === 0 ? [unasked(seen)] : types.flatMap(type => [...judge(audit, seen, type)]),
  );
}

const unasked = ({ trail, audit: { region } }: SeenTrail): Outcome<Message> => ({
  status: 'not-applicable',
  resource: trailResource(trail),
  region,
  message: 'unasked',
});

function* judge(
  { baseline }: AccountAudit,
  { trail, audit: { region } }: SeenTrail,
  type: string,
): Iterable<Outcome<Message>> {
  const held = heldFor(baseline.cloudTrail.dataEvents);
  const about = { resource: trailResource(trail), region, ...held };
  const gaps = dataGaps(need(trail.selectors), type);
  const { missing, partial, narrowed } = gaps;
  if (isWhole(gaps)) yield { status: 'pass', ...about, key: type, message: 'fine', data: { type } };
  if (missing.length > 0) {
    const data = { type, what: missing.join(' and ') };
    yield { status: 'fail', ...about, key: `${type} missing`, message: 'missing', data };
  }
  if (partial.length > 0) {
    const data = { type, what: partial.join(' and '), selectors: narrowed.join('; ') };
    yield { status: 'fail', ...about, key: `${type} partial`, message: 'partial', data };
  }
}
