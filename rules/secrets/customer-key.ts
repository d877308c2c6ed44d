import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { type FoundSecret, judgeSecrets, type Verdict } from '../../src/findings/secrets/wanted-secrets.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import { need, UnknownFact } from '../../src/model/fact.ts';

export default defineControl({
  id: 'secrets/customer-key',
  title: 'Every secret is encrypted under the kind of key that the baseline says, and can be decrypted',
  severity: 'medium',
  rationale:
    'Under the key that AWS manages, whoever may read the secret gets it decrypted. A key of the account is a second lock: its own policy says who opens it, and it can be withdrawn. One that is off or about to go takes the secret with it.',
  remediation:
    'Give the secret a key of the account, as the runbook says, once its readers may use that. Turn a key on again that is off (EnableKey, CancelKeyDeletion).',
  runbook: underCustomerKey('SECRET', 'alias/securecart', 'REGION'),
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html',
  ],
  frameworks: { 'pci-4.0': ['3.5.1'] },
  needs: ['secretsmanager.secrets', 'kms.secretKeys'],
  scope: 'region',
  messages: {
    own: 'It is encrypted under {key}.',
    awsManaged: 'It is encrypted under the key that AWS manages, and the baseline asks for no other.',
    notOwn: 'It is encrypted under the key that AWS manages, and is to be under one of the account.',
    foreign: 'It is encrypted under {key}, a key of account {account}.',
    unusable: 'Its key {key} is {state}: nobody can read it.',
  },
  evaluate: (audit: RegionAudit): Iterable<Outcome<Message>> =>
    judgeSecrets(audit, found => judge(audit, found)),
});

type Message = 'own' | 'awsManaged' | 'notOwn' | 'foreign' | 'unusable';

function judge(audit: RegionAudit, { wanted, live }: FoundSecret): Verdict<Message> {
  const { key } = live;
  const alias = audit.baseline.encryption.key?.alias ?? 'KEY';
  const runbook = underCustomerKey(wanted.name, alias, audit.region);
  const named = key === undefined ? undefined : keyNamed(audit, key);
  if (key === undefined || named === undefined || named.manager === 'AWS')
    return wanted.customerKey
      ? { status: 'fail', message: 'notOwn', runbook }
      : { status: 'pass', message: 'awsManaged' };
  if (named.state !== 'Enabled')
    return { status: 'fail', message: 'unusable', severity: 'high', data: { key, state: named.state } };
  const account = named.arn.split(':')[4] ?? '';
  if (audit.account === '') throw new UnknownFact({ kind: 'not-read', call: 'sts:GetCallerIdentity' });
  if (wanted.customerKey && account !== audit.account)
    return { status: 'fail', message: 'foreign', data: { key, account }, runbook };
  return { status: 'pass', message: 'own', data: { key } };
}

/** The key of a secret by whatever name: an id, an ARN or an alias. Throws UnknownFact. */
function keyNamed(audit: RegionAudit, name: string) {
  const found = audit.value('kms.secretKeys').find(key => key.name === name);
  return need(found?.key ?? { kind: 'unknown', reason: { kind: 'not-read', call: 'kms:DescribeKey' } });
}

function underCustomerKey(secret: string, alias: string, region: string): string[] {
  return [
    '# Its readers need kms:Decrypt on the key first: grant it in their policies, or in that of the key.',
    `aws kms describe-key --key-id ${alias} --region ${region}`,
    '# It encrypts the value that is there anew; versions from before keep the key that they had.',
    `aws secretsmanager update-secret --secret-id ${shellWord(secret)} --kms-key-id ${alias} --region ${region}`,
  ];
}
