import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { bucketResource } from '../../src/findings/resources.ts';
import { need } from '../../src/model/fact.ts';
import type { Condition, PolicyStatement } from '../../src/model/policy.ts';
import { coversAction, coversResource, isAboutEveryone, statementName } from '../../src/policy/statement.ts';

export default defineControl({
  id: 's3/tls-only',
  title: 'Every bucket refuses requests without TLS',
  severity: 'medium',
  rationale:
    'S3 answers plain HTTP. One script with http:// in it sends objects, and the headers that authorize it, where anyone on the way reads and changes them.',
  remediation:
    'Add a statement to the bucket policy, beside those that are there: Effect Deny, Principal *, Action s3:*, Resource the ARN of the bucket and the same with /*, Condition Bool aws:SecureTransport false. put-bucket-policy replaces the whole policy.',
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5',
  ],
  frameworks: { fsbp: ['S3.5'], 'cis-5.0': ['2.1.1'], 'pci-4.0': ['4.2.1'] },
  needs: ['s3.buckets'],
  scope: 'region',
  messages: {
    refused: 'Every request without TLS is refused.',
    noPolicy: 'The bucket has no policy, so that S3 answers plain HTTP.',
    answered: 'S3 answers plain HTTP for {what}: no statement refuses it to everyone and for every action.',
  },
  evaluate: judgeBuckets,
});

function* judgeBuckets(audit: RegionAudit): Iterable<Outcome<'refused' | 'noPolicy' | 'answered'>> {
  const row = audit.baseline.encryption.s3.transport;
  if (!row.tlsOnly) return;
  yield* judgeEach(
    audit.value('s3.buckets'),
    bucket => ({ resource: bucketResource(audit, bucket), ...heldFor(row) }),
    function* (bucket) {
      const resource = bucketResource(audit, bucket);
      const about = { resource, ...heldFor(row) };
      const policy = need(bucket.policy);
      if (policy === null) {
        yield { status: 'fail', ...about, message: 'noPolicy' };
        return;
      }
      const refusing = policy.statements.filter(refusesPlainHttp);
      const what = [
        { name: 'the bucket', arn: resource.arn },
        { name: 'its objects', arn: `${resource.arn}/*` },
      ]
        .filter(({ arn }) => !refusing.some(statement => coversResource(statement, arn)))
        .map(({ name }) => name)
        .join(' and ');
      if (what === '') yield { status: 'pass', ...about, message: 'refused' };
      else {
        const actual = shortfalls(policy.statements, resource.arn);
        yield { status: 'fail', ...about, message: 'answered', data: { what }, ...actual };
      }
    },
  );
}

/** Whether a statement refuses plain HTTP to everyone, whatever they do; on which resources is another question. */
const refusesPlainHttp = (statement: PolicyStatement): boolean =>
  statement.effect === 'Deny' &&
  isAboutEveryone(statement) &&
  coversAction(statement, 's3:*') &&
  statement.conditions.every(holdsOfPlainHttp);

/**
 * Every request has the key, so that IfExists changes nothing. Other operators are not taken for the same: that IAM
 * compares a Boolean as a string is not documented. `true` beside `false` refuses the rest too.
 */
const holdsOfPlainHttp = ({ operator, quantifier, key, values }: Condition): boolean =>
  operator === 'Bool' && quantifier === undefined && isSecureTransport(key) && values.includes('false');

const isSecureTransport = (key: string): boolean => key === 'aws:securetransport';

/** Why each statement that speaks of TLS does not do; nothing where none does. */
function shortfalls(statements: readonly PolicyStatement[], arn: string): { actual?: string } {
  const told = statements.flatMap((statement, index) => {
    if (!statement.conditions.some(({ key }) => isSecureTransport(key))) return [];
    return `${statementName(statement, index)} ${shortfallsOf(statement, arn).join(', ')}`;
  });
  return told.length === 0 ? {} : { actual: told.join('; ') };
}

function shortfallsOf(statement: PolicyStatement, arn: string): string[] {
  const { effect, conditions } = statement;
  const beside = conditions.filter(condition => !holdsOfPlainHttp(condition));
  const misses = [arn, `${arn}/*`].filter(resource => !coversResource(statement, resource));
  return [
    ...(effect === 'Allow' ? ['allows, which denies nobody'] : []),
    ...(isAboutEveryone(statement) ? [] : ['is not about everyone']),
    ...(coversAction(statement, 's3:*') ? [] : ['is not about every action']),
    ...(misses.length > 0 ? [`is not about ${misses.join(' and ')}`] : []),
    ...(effect === 'Deny' && beside.length > 0 ? [`asks for ${beside.map(inWords).join(' and ')}`] : []),
  ];
}

const inWords = ({ operator, quantifier, ifExists, key, values }: Condition): string =>
  `${quantifier === undefined ? '' : `${quantifier}:`}${operator}${ifExists ? 'IfExists' : ''} ${key} ${values.join(', ')}`;
