import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import {
  absentMessages,
  accountOf,
  judgeWorkloadRoles,
  policyOf,
  roleResource,
} from '../../src/findings/iam/roles.ts';
import { type Trust, trustOf } from '../../src/findings/iam/trust.ts';
import { unclear } from '../../src/findings/iam/unclear.ts';
import type { WorkloadRole } from '../../src/findings/iam/wanted.ts';
import type { Severity } from '../../src/model/severity.ts';
import type { RoleDetail } from '../../src/services/iam/facts.ts';

export default defineControl({
  id: 'iam/role-trust',
  title: "Each workload's role is taken on by its service alone, for this account alone",
  severity: 'high',
  rationale:
    'Whoever may take on a role has its permissions. A service acts for every customer of AWS: one that is not held to this account could be led to act with the role for another (the confused deputy).',
  remediation:
    'Let the trust policy allow sts:AssumeRole to the one service, with a condition StringEquals aws:SourceAccount of the account: `securecart fix` writes it.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
  ],
  frameworks: {},
  needs: ['iam.authorization'],
  scope: 'account',
  messages: {
    ...absentMessages,
    sound: '{service} takes it on, and nobody else.',
    everyone: 'Everyone may take it on.',
    foreign: 'Other accounts may take it on: {principals}.',
    others: 'Others than {service} may take it on: {principals}.',
    anyAccount:
      '{service} may take it on for any account: no condition names this one by aws:SourceAccount or aws:SourceArn.',
    untrusted: '{service} may not take it on.',
  },
  evaluate: audit => judgeAccount(audit),
});

type Fault = {
  key: string;
  message: 'everyone' | 'foreign' | 'others' | 'anyAccount' | 'untrusted';
  data?: Record<string, string>;
  severity?: Severity;
};
type Message = Fault['message'] | 'sound' | 'noRole';

const judgeAccount = (audit: AccountAudit): Iterable<Outcome<Message>> =>
  judgeWorkloadRoles<Message>(audit, function* (row, role) {
    const { trusts: service } = row;
    const { statements } = policyOf(role.trust, 'The trust policy');
    const trust = trustOf(statements, service, accountOf(role.arn));
    const about = { resource: roleResource(role), ...heldFor(row) };
    const faults = faultsOf(row, trust, audit.baseline.roles.trustsOwnAccountOnly);
    for (const fault of faults) yield { status: 'fail', ...about, ...fault };
    if (trust.service === 'unclear')
      yield { status: 'unknown', ...about, key: 'service', reason: hidden(role) };
    else if (faults.length === 0) yield { status: 'pass', ...about, message: 'sound', data: { service } };
  });

function faultsOf({ trusts: service }: WorkloadRole, trust: Trust, ownOnly: boolean): Fault[] {
  const faults: Fault[] = [];
  const listed = (names: readonly string[]) => names.join(', ');
  if (trust.everyone) faults.push({ key: 'everyone', message: 'everyone', severity: 'critical' });
  if (trust.foreign.length > 0) {
    const data = { principals: listed(trust.foreign) };
    faults.push({ key: 'foreign', message: 'foreign', data, severity: 'critical' });
  }
  if (trust.others.length > 0) {
    faults.push({ key: 'others', message: 'others', data: { service, principals: listed(trust.others) } });
  }
  if (trust.service === 'for-any-account' && ownOnly) {
    faults.push({ key: 'any-account', message: 'anyAccount', data: { service }, severity: 'medium' });
  }
  if (trust.service === 'untrusted') faults.push({ key: 'service', message: 'untrusted', data: { service } });
  return faults;
}

const hidden = ({ name }: RoleDetail) =>
  unclear(`A Deny or a condition in the trust policy of ${name} decides whether its service may take it on.`);
