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
  id: 'cloudtrail/logging',
  title: 'The trail logs now, and its files arrive',
  severity: 'high',
  rationale:
    'A trail that is there and turned off looks like one that works, and turning it off is the first thing that many an intruder does. One whose bucket is gone or closed to it logs into nothing.',
  remediation:
    'Turn it on: aws cloudtrail start-logging --name NAME. Where S3 takes no file, look at the bucket, its policy and the policy of the key: aws cloudtrail get-trail-status --name NAME tells what S3 answered.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html',
  ],
  frameworks: { 'nist-800-53-r5': ['AU-12'] },
  needs: ['cloudtrail.trails'],
  scope: 'account',
  messages: {
    ...noTrailMessages,
    fine: 'It is on, and S3 takes its files.',
    stopped: 'It is turned off: nothing is logged.',
    undelivered: 'S3 takes no file of it: {error}.',
  },
  evaluate: judgeAccount,
});

type Message = 'noTrail' | 'fine' | 'stopped' | 'undelivered';

function judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  return judgeTheTrail(audit, seen => [judge(audit, seen)]);
}

function judge({ baseline }: AccountAudit, { trail, audit: { region } }: SeenTrail): Outcome<Message> {
  const about = { resource: trailResource(trail), region, ...heldFor(baseline.cloudTrail) };
  const { logging, deliveryError: error } = need(trail.status);
  if (!logging) return { status: 'fail', ...about, message: 'stopped' };
  if (error === undefined) return { status: 'pass', ...about, message: 'fine' };
  return { status: 'fail', ...about, message: 'undelivered', data: { error } };
}
