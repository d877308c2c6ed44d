import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { documentResource } from '../../src/findings/parameters.ts';
import { need } from '../../src/model/fact.ts';
import type { SsmDocument } from '../../src/services/ssm/facts.ts';

export default defineControl({
  id: 'parameters/public-documents',
  title: 'No SSM document of the account is public',
  severity: 'critical',
  rationale:
    'A document holds commands, the names of hosts and at times credentials. Once it is public, everyone with an account of AWS’s reads it, all its versions of that share.',
  remediation:
    'aws ssm modify-document-permission --name DOCUMENT --permission-type Share --account-ids-to-remove all. securecart fix does it, and undoes it.',
  sources: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html#ssm-4',
  ],
  frameworks: { fsbp: ['SSM.4'] },
  needs: ['ssm.documents'],
  scope: 'region',
  messages: {
    own: 'It is shared with nobody.',
    shared: 'It is shared with {accounts}, and not with everyone.',
    open: 'Everyone with an account of AWS’s can read it.',
  },
  evaluate: judgeRegion,
});

type Message = 'own' | 'shared' | 'open';

function judgeRegion(audit: RegionAudit): Iterable<Outcome<Message>> {
  const about = ({ name }: SsmDocument) => ({
    resource: documentResource(audit, name),
    ...heldFor(audit.baseline.parameters.documents),
  });
  return judgeEach(audit.value('ssm.documents'), about, function* (document): Iterable<Outcome<Message>> {
    const sharedWith = need(document.sharedWith);
    const accounts = sharedWith.join(', ');
    if (sharedWith.includes('all')) yield { status: 'fail', ...about(document), message: 'open' };
    else if (accounts === '') yield { status: 'pass', ...about(document), message: 'own' };
    else yield { status: 'pass', ...about(document), message: 'shared', data: { accounts } };
  });
}
