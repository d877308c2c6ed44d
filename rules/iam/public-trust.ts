import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, judgeEach, type Outcome } from '../../src/findings/control.ts';
import { isServiceLinked, policyOf, roleResource } from '../../src/findings/iam/roles.ts';
import { strangersOf } from '../../src/findings/iam/strangers.ts';

export default defineControl({
  id: 'iam/public-trust',
  title: 'No role of the account is taken on by everyone',
  severity: 'critical',
  rationale:
    'A trust policy with a star lets any account of AWS take the role on. One that trusts a public identity provider, such as that of GitHub, without a condition on who it is about, lets in everybody who has an account there.',
  remediation:
    'Name in the trust policy who may take the role on: an account or a role as the principal, aws:PrincipalOrgID, or, of an identity provider, its `sub`, such as repo:OWNER/REPOSITORY:*.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  ],
  frameworks: {},
  needs: ['iam.authorization'],
  scope: 'account',
  messages: {
    closed: 'No statement of its trust policy lets everyone in.',
    open: '{strangers} may take it on, by {statement} of its trust policy.',
    none: 'There is no role.',
  },
  evaluate: audit => judgeAccount(audit),
});

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<'closed' | 'open' | 'none'>> {
  const roles = audit.value('iam.authorization').roles.filter(role => !isServiceLinked(role));
  const row = heldFor(audit.baseline.roles);
  if (roles.length === 0)
    yield { status: 'not-applicable', resource: audit.account, ...row, message: 'none' };
  yield* judgeEach(
    roles,
    role => ({ resource: roleResource(role), ...row }),
    function* (role) {
      const about = { resource: roleResource(role), ...row };
      const [open] = strangersOf(policyOf(role.trust, 'The trust policy'));
      if (open === undefined) yield { status: 'pass', ...about, message: 'closed' };
      else yield { status: 'fail', ...about, message: 'open', data: { ...open } };
    },
  );
}
