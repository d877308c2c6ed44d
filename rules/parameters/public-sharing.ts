import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { regionResource } from '../../src/findings/resources.ts';

export default defineControl({
  id: 'parameters/public-sharing',
  title: 'SSM documents cannot be made public, in any Region',
  severity: 'medium',
  rationale:
    'One call makes a document public, and nothing asks twice. The block holds for all documents of the Region, those of tomorrow included.',
  remediation:
    'aws ssm update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable --region REGION, in each Region. A document that is public already stays so.',
  sources: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html#ssm-7',
  ],
  frameworks: { fsbp: ['SSM.7'] },
  needs: ['ssm.publicSharing'],
  scope: 'region',
  messages: {
    blocked: 'No document can be shared with everyone.',
    open: 'A document can be shared with everyone.',
  },
  evaluate: judgeRegion,
});

function* judgeRegion(audit: RegionAudit): Iterable<Outcome<'blocked' | 'open'>> {
  const about = { resource: regionResource(audit), ...heldFor(audit.baseline.parameters.documents) };
  yield audit.value('ssm.publicSharing')
    ? { status: 'fail', ...about, message: 'open' }
    : { status: 'pass', ...about, message: 'blocked' };
}
