import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { parameterResource } from '../../src/findings/parameters.ts';
import { tellsSecret } from '../../src/findings/secrets/secret-names.ts';

export default defineControl({
  id: 'parameters/plain-secrets',
  title: 'Parameter Store holds no secrets',
  severity: 'high',
  rationale:
    'A String is stored as it is, and whoever may read one parameter by a path reads all below it. A SecureString is encrypted, and yet nothing rotates it, and no policy of its own says who reads it.',
  remediation:
    'Put the value into Secrets Manager, let its readers take it from there, and delete the parameter: its history has the old value. Then change the value.',
  sources: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-working-with.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html',
  ],
  frameworks: { 'pci-4.0': ['3.5.1'] },
  needs: ['ssm.parameters'],
  scope: 'region',
  messages: {
    none: 'Its name tells of no secret.',
    plain: 'Its name tells of a secret, and it is a {type}, which is not encrypted.',
    misplaced: 'Its name tells of a secret, which belongs in Secrets Manager.',
  },
  evaluate: judgeRegion,
});

/** All parameters of the account, whatever their path. Values are never read, so that the names must do. */
function* judgeRegion(audit: RegionAudit): Iterable<Outcome<'none' | 'plain' | 'misplaced'>> {
  const item = audit.baseline.parameters;
  for (const { name, type } of audit.value('ssm.parameters')) {
    const about = { resource: parameterResource(audit, name), ...heldFor(item) };
    if (!tellsSecret(name, item.secretNames)) yield { status: 'pass', ...about, message: 'none' };
    else if (type === 'SecureString')
      yield { status: 'fail', ...about, message: 'misplaced', severity: 'low' };
    else yield { status: 'fail', ...about, message: 'plain', data: { type } };
  }
}
