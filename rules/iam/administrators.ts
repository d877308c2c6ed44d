import { userResource } from '../../src/findings/access-keys.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, judgeEach, type Outcome } from '../../src/findings/control.ts';
import { type Power, powerOf } from '../../src/findings/iam/administrator.ts';
import { grantName, permissionsOf, policyName } from '../../src/findings/iam/permissions.ts';
import { isOfIdentityCenter, isServiceLinked, roleResource } from '../../src/findings/iam/roles.ts';
import { conditionsOf, unclear } from '../../src/findings/iam/unclear.ts';
import { shellWord } from '../../src/findings/shell-word.ts';
import type { Resource } from '../../src/model/finding.ts';
import type { Authorization, GroupDetail, RoleDetail, UserDetail } from '../../src/services/iam/facts.ts';

export default defineControl({
  id: 'iam/administrators',
  title: 'Nobody may do everything but the administrators that the baseline names',
  severity: 'critical',
  rationale:
    'One stolen key, or one break-in, of somebody who may do everything is the whole account. Whoever may write policies may do everything as well: they give it to themselves.',
  remediation:
    'Give the user, group or role the permissions of its work, and take the policy away; or name the role in `roles.leastPrivilege.administrators` of the baseline. Be sure that somebody else can administer the account before.',
  runbook: [
    '# First make sure that you can still administer the account by another role.',
    'aws iam detach-user-policy --user-name USER --policy-arn POLICY',
  ],
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1',
  ],
  frameworks: { fsbp: ['IAM.1'] },
  needs: ['iam.authorization'],
  scope: 'account',
  messages: {
    limited: 'Its own policies do not allow everything.',
    listed: 'It may do everything, as the baseline says.',
    everything: 'It may do everything, by {grant}.',
    selfGranting: 'It may give itself every permission: {action}, by {grant}.',
    identityCenter:
      'Whoever IAM Identity Center lets act as it may do everything, by {grant}: change the permission set there, or name {role} among the administrators of the baseline.',
    nobody: 'There is no user, group or role.',
  },
  evaluate: judgeAccount,
});

type Message = 'limited' | 'listed' | 'everything' | 'selfGranting' | 'identityCenter' | 'nobody';

/** Somebody who holds policies. */
type Identity =
  | ({ readonly kind: 'user' } & UserDetail)
  | ({ readonly kind: 'group' } & GroupDetail)
  | ({ readonly kind: 'role' } & RoleDetail);

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  const { users, groups, roles, policies } = audit.value('iam.authorization');
  // What a service links to itself, nobody else can take on.
  const identities: Identity[] = [
    ...users.map(user => ({ kind: 'user' as const, ...user })),
    ...groups.map(group => ({ kind: 'group' as const, ...group })),
    ...roles.filter(role => !isServiceLinked(role)).map(role => ({ kind: 'role' as const, ...role })),
  ];
  const { leastPrivilege } = audit.baseline.roles;
  const row = heldFor(leastPrivilege);
  if (identities.length === 0)
    yield { status: 'not-applicable', resource: audit.account, ...row, message: 'nobody' };
  yield* judgeEach(
    identities,
    identity => ({ resource: resourceOf(identity), ...row }),
    function* (identity) {
      const power = powerOf(permissionsOf(identity, policies), identity.arn);
      yield { ...row, ...judgePower(identity, power, leastPrivilege.administrators) };
    },
  );
}

function judgePower(identity: Identity, power: Power, administrators: readonly string[]): Outcome<Message> {
  const resource = resourceOf(identity);
  if (power.kind === 'limited') return { status: 'pass', resource, message: 'limited' };
  const grant = grantName(power.by);
  if (
    identity.kind === 'role' &&
    [identity.name, setName(identity)].some(name => administrators.includes(name))
  )
    return { status: 'pass', resource, message: 'listed' };
  if (power.kind === 'unclear') {
    const reason = unclear(
      `Whether ${grant} allows everything is for its condition to say: ${conditionsOf(power.by.statement)}.`,
    );
    return { status: 'unknown', resource, reason };
  }
  if (identity.kind === 'role' && isOfIdentityCenter(identity)) {
    const data = { grant, role: setName(identity) };
    return { status: 'fail', resource, message: 'identityCenter', data, severity: 'medium' };
  }
  const runbook = runbookOf(identity, power.by.policy);
  return power.kind === 'everything'
    ? { status: 'fail', resource, message: 'everything', data: { grant }, runbook }
    : { status: 'fail', resource, message: 'selfGranting', data: { grant, action: power.action }, runbook };
}

/** The name of a role; of one of IAM Identity Center's without the digits that every account has others of. */
const setName = (role: RoleDetail): string =>
  isOfIdentityCenter(role) ? role.name.replace(/_[0-9a-f]{16}$/, '') : role.name;

const resourceOf = (identity: Identity): Resource => {
  const { kind, name: id, arn } = identity;
  switch (kind) {
    case 'user':
      return userResource({ user: id, arn });
    case 'group':
      return { type: 'AWS::IAM::Group', arn, id };
    case 'role':
      return roleResource(identity);
    default:
      return kind satisfies never;
  }
};

/** No program takes administration away: it might be the only way in. */
function runbookOf({ kind, name }: Identity, policy: Authorization['policies'][number]['arn']): string[] {
  const who = `--${kind}-name ${shellWord(name)}`;
  return [
    '# First make sure that you can still administer the account by another role.',
    policy.startsWith('arn:')
      ? `aws iam detach-${kind}-policy ${who} --policy-arn ${shellWord(policy)}`
      : `aws iam delete-${kind}-policy ${who} --policy-name ${shellWord(policyName(policy))}`,
  ];
}
