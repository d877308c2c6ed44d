import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import {
  judgeTheTrail,
  noTrailMessages,
  type SeenTrail,
  trailResource,
} from '../../src/findings/trail/judged-trail.ts';

export default defineControl({
  id: 'cloudtrail/file-validation',
  title: 'Whether a log file was altered or deleted can be told',
  severity: 'medium',
  rationale:
    'With validation on, CloudTrail signs every hour which files it delivered. Without it nobody can prove that the log is what CloudTrail wrote, and that no file of it is missing.',
  remediation:
    'aws cloudtrail update-trail --name NAME --enable-log-file-validation, in its home Region. It holds for the files from then on: aws cloudtrail validate-logs tells of them.',
  sources: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-4',
  ],
  frameworks: { fsbp: ['CloudTrail.4'], 'cis-5.0': ['3.2'], 'pci-4.0': ['10.3.4'] },
  needs: ['cloudtrail.trails'],
  scope: 'account',
  messages: {
    unasked: 'The baseline does not ask for it.',
    ...noTrailMessages,
    fine: 'Its files are signed.',
    off: 'Its files are not signed: nobody can tell whether one was altered or is missing.',
  },
  evaluate: judgeAccount,
});

type Message = 'unasked' | 'noTrail' | 'fine' | 'off';

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  if (!audit.baseline.cloudTrail.files.validated) {
    yield { status: 'not-applicable', resource: audit.account, message: 'unasked' };
    return;
  }
  yield* judgeTheTrail(audit, seen => [judge(audit, seen)]);
}

function judge({ baseline }: AccountAudit, { trail, audit: { region } }: SeenTrail): Outcome<Message> {
  const about = { resource: trailResource(trail), region, ...heldFor(baseline.cloudTrail.files) };
  return trail.validated
    ? { status: 'pass', ...about, message: 'fine' }
    : { status: 'fail', ...about, message: 'off' };
}
