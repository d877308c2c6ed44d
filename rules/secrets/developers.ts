import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { policyOf, refusals } from '../../src/findings/secrets/readers.ts';
import { type FoundSecret, judgeSecrets, type Verdict } from '../../src/findings/secrets/wanted-secrets.ts';
import { isFixed } from '../../src/policy/wildcard.ts';

export default defineControl({
  id: 'secrets/developers',
  title: 'The policy of every secret refuses people',
  severity: 'high',
  rationale:
    'What a person reads once stays on a laptop, in a shell history or in a chat. Where people can read a secret, each of their passwords and access keys is worth as much as the secret.',
  remediation:
    'securecart fix adds the statement SecureCartReadersOnly to the policy of the secret, which refuses everyone but the roles of applications. People can put a value in without reading what is there.',
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html',
  ],
  frameworks: { 'nist-800-53-r5': ['AC-6'] },
  needs: ['secretsmanager.secrets', 'secretsmanager.policies'],
  scope: 'region',
  messages: {
    refused: 'Its policy refuses users, the root user, and whoever signs in through IAM Identity Center.',
    people: 'Its policy leaves out people from those whom it refuses: {people}.',
    leftToIam: 'Its policy refuses nobody: a developer whom an IAM policy lets read it does.',
  },
  evaluate: judgeRegion,
});

type Message = 'refused' | 'people' | 'leftToIam';

function judgeRegion(audit: RegionAudit): Iterable<Outcome<Message>> {
  const item = audit.baseline.secrets.developers;
  return judgeSecrets(
    audit,
    found => judge(audit, found),
    () => item,
  );
}

/** Who is let in beside the readers is for another control to say: a role may be of an application that the baseline forgot. */
function judge(audit: RegionAudit, { live }: FoundSecret): Verdict<Message> {
  const policy = policyOf(audit, live.arn);
  const refused = refusals(policy, live.arn).map(except => except.filter(mayBePeople));
  if (refused.some(people => people.length === 0)) return { status: 'pass', message: 'refused' };
  const [people] = refused;
  return people === undefined
    ? { status: 'fail', message: 'leftToIam', severity: 'medium' }
    : { status: 'fail', message: 'people', data: { people: people.join(', ') } };
}

/** Whether an ARN stands for a user, the root user, a role that IAM Identity Center made for people, or for more roles than can be told. */
function mayBePeople(arn: string): boolean {
  const [, , , , , resource = ''] = arn.split(':');
  const [kind, ...path] = resource.split('/');
  const isRole = kind === 'role' || kind === 'assumed-role';
  const name = kind === 'assumed-role' ? path[0] : path.at(-1);
  return !isRole || name === undefined || !isFixed(name) || name.startsWith('AWSReservedSSO_');
}
