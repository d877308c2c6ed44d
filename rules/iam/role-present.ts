import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import { roleResource } from '../../src/findings/iam/roles.ts';

export default defineControl({
  id: 'iam/role-present',
  title: 'Each workload has the role of its own that the baseline names',
  severity: 'medium',
  rationale:
    'Where a workload has no role of its own it borrows one, and with it whatever another workload was given.',
  remediation:
    'Create the role with `securecart apply`, which gives it its trust and its permissions, or name the one that is there in `roles.workloads` of the baseline.',
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html'],
  frameworks: {},
  needs: ['iam.authorization'],
  scope: 'account',
  messages: { present: 'The role is there.', absent: 'No role is named {role}.' },
  evaluate: judgeAccount,
});

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<'present' | 'absent'>> {
  const { roles } = audit.value('iam.authorization');
  for (const row of audit.baseline.roles.workloads) {
    const role = roles.find(({ name }) => name === row.name);
    if (role !== undefined) {
      yield { status: 'pass', resource: roleResource(role), ...heldFor(row), message: 'present' };
      continue;
    }
    const about = { resource: audit.account, key: row.id, ...heldFor(row) };
    yield { status: 'fail', ...about, message: 'absent', data: { role: row.name } };
  }
}
