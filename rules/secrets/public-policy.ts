import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { policyOf, READ, refusals } from '../../src/findings/secrets/readers.ts';
import { secretResource } from '../../src/findings/secrets/wanted-secrets.ts';
import { isPublic } from '../../src/policy/public.ts';
import { statementName } from '../../src/policy/statement.ts';
import type { Secret } from '../../src/services/secretsmanager/facts.ts';

export default defineControl({
  id: 'secrets/public-policy',
  title: 'No secret of the account is open to everyone',
  severity: 'critical',
  rationale:
    'Whoever has an account of AWS’s reads such a secret, under credentials that the account never gave out. Secrets Manager checks for it only where the policy is put with BlockPublicPolicy.',
  remediation:
    'Take the statement out of the policy, or name in it who may: aws secretsmanager get-resource-policy --secret-id NAME, then put-resource-policy with --block-public-policy. Then change the value: nobody knows who has read it.',
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
  ],
  frameworks: {},
  needs: ['secretsmanager.secrets', 'secretsmanager.policies'],
  scope: 'region',
  messages: {
    closed: 'No statement of its policy lets everyone in.',
    refused: 'Its policy would let everyone in by {statements}, but it refuses {action} to all but some.',
    open: 'Its policy lets everyone in by {statements}.',
  },
  evaluate: judgeRegion,
});

type Message = 'closed' | 'refused' | 'open';

/** Every secret of the account, whether the baseline knows it or not. */
function judgeRegion(audit: RegionAudit): Iterable<Outcome<Message>> {
  const about = (secret: Secret) => ({
    resource: secretResource(secret),
    ...heldFor(audit.baseline.secrets.access),
  });
  const live = audit.value('secretsmanager.secrets').filter(({ deletedAt }) => deletedAt === undefined);
  return judgeEach(live, about, function* (secret): Iterable<Outcome<Message>> {
    const own = about(secret);
    const policy = policyOf(audit, secret.arn);
    const open = (policy?.statements ?? []).flatMap((statement, index) =>
      isPublic(statement) ? [statementName(statement, index)] : [],
    );
    const statements = open.join(', ');
    if (open.length === 0) yield { status: 'pass', ...own, message: 'closed' };
    else if (refusals(policy, secret.arn).some(except => except.every(isOfOneAccount)))
      yield { status: 'pass', ...own, message: 'refused', data: { statements, action: READ } };
    else yield { status: 'fail', ...own, message: 'open', data: { statements } };
  });
}

/** Whether an ARN of IAM, whatever else of it is open, stands for nobody outside one account. */
const isOfOneAccount = (arn: string): boolean => /^arn:[^:*?]+:(iam|sts)::\d{12}:/.test(arn);
