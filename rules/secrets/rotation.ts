import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { type FoundSecret, judgeSecrets, type Verdict } from '../../src/findings/secrets/wanted-secrets.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import type { Secret } from '../../src/services/secretsmanager/facts.ts';

export default defineControl({
  id: 'secrets/rotation',
  title: 'Every secret changes as often as the baseline says, and did so the last time',
  severity: 'medium',
  rationale:
    'A credential that leaked is good until it changes. Rotation that is only set up changes nothing: where its function fails, Secrets Manager tries on and says so to nobody who does not ask.',
  remediation:
    'Set rotation up with a function of AWS’s templates or one of your own, as the runbook says; better, let RDS keep the password of a database itself. Where a rotation is overdue, look into the log of its function, /aws/lambda/FUNCTION: mostly it cannot reach Secrets Manager or the database.',
  runbook: setUp('SECRET', { days: 30, region: 'REGION' }),
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html',
  ],
  frameworks: {
    fsbp: ['SecretsManager.1', 'SecretsManager.2', 'SecretsManager.4'],
    'pci-4.0': ['8.3.9', '8.6.3'],
  },
  needs: ['secretsmanager.secrets'],
  scope: 'region',
  messages: {
    rotated: 'It is rotated every {days} days.',
    managed: '{service} keeps it, and changes it by itself every {days} days.',
    empty: 'It has no value yet, so that there is nothing to rotate.',
    replica: 'It is a replica of the one in {region}, and has its values.',
    off: 'Nothing rotates it: its value stays until somebody changes it.',
    unscheduled: 'It has a function that rotates it, and no schedule by which that is called.',
    slow: 'It is rotated every {days} days, and is to be every {allowed}.',
    overdue: 'It was to be rotated by {date}, and was not.',
  },
  evaluate: (audit: RegionAudit): Iterable<Outcome<Message>> =>
    judgeSecrets(audit, found => judge(audit, found)),
});

type Message = 'rotated' | 'managed' | 'empty' | 'replica' | 'off' | 'unscheduled' | 'slow' | 'overdue';

function judge({ takenAt, region }: RegionAudit, { wanted, live }: FoundSecret): Verdict<Message> {
  const allowed = wanted.rotationDays;
  const { rotation, owner: service } = live;
  const expected = `every ${allowed} days`;
  if (live.primaryRegion !== undefined && live.primaryRegion !== region)
    return { status: 'not-applicable', message: 'replica', data: { region: live.primaryRegion } };
  if (!live.hasValue) return { status: 'not-applicable', message: 'empty' };
  if (!rotation.enabled) {
    const runbook = setUp(wanted.name, { days: allowed, region, function: rotation.function });
    return { status: 'fail', message: 'off', expected, actual: 'never', runbook };
  }
  if (rotation.next !== undefined && rotation.next < takenAt) {
    const date = rotation.next.slice(0, 10);
    return { status: 'fail', message: 'overdue', data: { date }, expected, actual: `overdue since ${date}` };
  }
  const days = interval(rotation, takenAt);
  if (days === undefined) return { status: 'fail', message: 'unscheduled', expected, actual: 'no schedule' };
  const actual = `every ${days} days`;
  if (days > allowed) return { status: 'fail', message: 'slow', data: { days, allowed }, expected, actual };
  return service === undefined
    ? { status: 'pass', message: 'rotated', data: { days } }
    : { status: 'pass', message: 'managed', data: { service, days } };
}

const DAY = 24 * 60 * 60 * 1000;

/** The days between two rotations. Before the first one Secrets Manager has not reckoned them, and says only when it is due. */
function interval({ everyDays, last, next }: Secret['rotation'], takenAt: string): number | undefined {
  if (everyDays !== undefined || next === undefined) return everyDays;
  return Math.ceil((Date.parse(next) - Date.parse(last ?? takenAt)) / DAY);
}

/** Sets rotation up. It begins with the next window and not at once, which would change a password while nobody looks on. */
function setUp(
  secret: string,
  {
    days,
    region,
    function: rotates = 'FUNCTION',
  }: { days: number; region: string; function?: string | undefined },
): string[] {
  return [
    '# FUNCTION is the ARN of a Lambda function that changes the credential where it is used. AWS has templates of them:',
    '# https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html',
    '# It reads the secret: name its role among the readers of the secret in the baseline first, and apply that.',
    `aws secretsmanager rotate-secret --secret-id ${shellWord(secret)} --rotation-lambda-arn ${rotates} --rotation-rules AutomaticallyAfterDays=${days} --no-rotate-immediately --region ${region}`,
    '# Rotate it once while you look on:',
    `aws secretsmanager rotate-secret --secret-id ${shellWord(secret)} --region ${region}`,
  ];
}
