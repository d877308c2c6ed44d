import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { isReader, policyOf, readersBy, refusals } from '../../src/findings/secrets/readers.ts';
import { type FoundSecret, judgeSecrets, type Verdict } from '../../src/findings/secrets/wanted-secrets.ts';

export default defineControl({
  id: 'secrets/readers',
  title: 'The policy of every secret refuses all but its readers',
  severity: 'high',
  rationale:
    'Who may read a secret is otherwise whatever the policies of all users and roles of the account add up to, one wildcard being enough. A statement that refuses everyone else holds against all of them, those of tomorrow included.',
  remediation:
    'securecart fix adds the statement SecureCartReadersOnly to the policy of the secret. Name in `readers` of the baseline first whoever reads it today, the role of a rotation function among them: aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=GetSecretValue tells.',
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  ],
  frameworks: { 'nist-800-53-r5': ['AC-6'] },
  needs: ['secretsmanager.secrets', 'secretsmanager.policies'],
  scope: 'region',
  messages: {
    refused: 'Its policy refuses all but {readers}.',
    others: 'Its policy leaves out {others} as well from those whom it refuses.',
    let: 'Its policy lets {others} read it.',
    leftToIam: 'Its policy refuses nobody: whoever an IAM policy of the account lets read it does.',
  },
  evaluate: judgeRegion,
});

type Message = 'refused' | 'others' | 'let' | 'leftToIam';

function judgeRegion(audit: RegionAudit): Iterable<Outcome<Message>> {
  const item = audit.baseline.secrets.access;
  return judgeSecrets(
    audit,
    found => judge(audit, found),
    () => item,
  );
}

function judge(audit: RegionAudit, { wanted, live }: FoundSecret): Verdict<Message> {
  const policy = policyOf(audit, live.arn);
  const isOther = (arn: string) => !isReader(audit, wanted.readers, arn);
  const expected = wanted.readers.join(', ');
  const refused = refusals(policy, live.arn).map(except => except.filter(isOther));
  if (refused.some(others => others.length === 0))
    return { status: 'pass', message: 'refused', data: { readers: expected } };
  const stray = readersBy(policy, live.arn).flatMap(({ type, id }) =>
    type === 'AWS' && !isOther(id) ? [] : id === '*' ? 'everyone' : id,
  );
  if (stray.length > 0) {
    const others = [...new Set(stray)].join(', ');
    return { status: 'fail', message: 'let', data: { others }, expected, actual: others };
  }
  const [others] = refused;
  if (others !== undefined) {
    const data = { others: others.join(', ') };
    return { status: 'fail', message: 'others', data, expected, actual: data.others };
  }
  return { status: 'fail', message: 'leftToIam', severity: 'medium', expected, actual: 'whoever IAM lets' };
}
