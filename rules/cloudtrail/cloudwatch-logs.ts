import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import {
  judgeTheTrail,
  noTrailMessages,
  type SeenTrail,
  trailResource,
} from '../../src/findings/trail/judged-trail.ts';
import { need } from '../../src/model/fact.ts';

export default defineControl({
  id: 'cloudtrail/cloudwatch-logs',
  title: 'The log arrives in CloudWatch Logs as well',
  severity: 'low',
  rationale:
    'Files reach the bucket minutes later, and nothing reads them by itself. In CloudWatch Logs an event can be searched and raise an alarm while it still matters.',
  remediation:
    'securecart fix creates the log group and the role and lets the trail deliver there. Where it does and nothing arrives, look at the role: CloudTrail must be able to take it on and to write into the group.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-5',
  ],
  frameworks: { fsbp: ['CloudTrail.5'] },
  needs: ['cloudtrail.trails'],
  scope: 'account',
  messages: {
    unasked: 'The baseline does not ask for it.',
    ...noTrailMessages,
    fine: 'It arrives in {group}.',
    none: 'It is delivered to the bucket alone.',
    undelivered: 'CloudWatch Logs takes nothing of it: {error}.',
  },
  evaluate: judgeAccount,
});

type Message = 'unasked' | 'noTrail' | 'fine' | 'none' | 'undelivered';

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  if (!audit.baseline.cloudTrail.cloudWatchLogs) {
    yield { status: 'not-applicable', resource: audit.account, message: 'unasked' };
    return;
  }
  yield* judgeTheTrail(audit, seen => [judge(audit, seen)]);
}

function judge({ baseline }: AccountAudit, { trail, audit: { region } }: SeenTrail): Outcome<Message> {
  const about = { resource: trailResource(trail), region, ...heldFor(baseline.cloudTrail) };
  const { logGroup } = trail;
  if (logGroup === undefined) return { status: 'fail', ...about, key: 'none', message: 'none' };
  const { logsError: error } = need(trail.status);
  if (error !== undefined)
    return { status: 'fail', ...about, key: 'undelivered', message: 'undelivered', data: { error } };
  const group = /log-group:([^:]+)/.exec(logGroup)?.[1] ?? logGroup;
  return { status: 'pass', ...about, message: 'fine', data: { group } };
}
