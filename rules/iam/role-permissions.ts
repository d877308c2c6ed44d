import { heldFor } from '../../src/findings/baseline-item.ts';
import { type AccountAudit, defineControl, type Outcome } from '../../src/findings/control.ts';
import { grantName } from '../../src/findings/iam/permissions.ts';
import type { Deed, Excess } from '../../src/findings/iam/role-comparison.ts';
import { compareRole } from '../../src/findings/iam/role-rows.ts';
import { absentMessages, judgeWorkloadRoles, roleResource } from '../../src/findings/iam/roles.ts';
import { conditionsOf, unclear } from '../../src/findings/iam/unclear.ts';
import type { UnknownReason } from '../../src/model/fact.ts';

export default defineControl({
  id: 'iam/role-permissions',
  title: "Each workload's role allows what the baseline names, and nothing more",
  severity: 'high',
  rationale:
    'Whoever breaks into a task or a function acts with its role. What the role may do besides its work, they may do as well; what it lacks, customers miss.',
  remediation:
    'Let the inline and the managed policies of the role, within its boundary, come to the rows of `roles.workloads` in the baseline: `securecart fix` writes an inline policy and takes away those that allow more. What the workload does need, add to the baseline.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ],
  frameworks: {},
  needs: ['iam.authorization'],
  scope: 'account',
  messages: {
    ...absentMessages,
    exact: 'It allows what the baseline names, and nothing more.',
    lacks: 'It does not allow {deeds}.',
    more: 'It allows {deeds}, which no row of the baseline does.',
  },
  evaluate: audit => judgeAccount(audit),
});

type Message = 'exact' | 'lacks' | 'more' | 'noRole';

const judgeAccount = (audit: AccountAudit): Iterable<Outcome<Message>> => {
  const { policies } = audit.value('iam.authorization');
  return judgeWorkloadRoles<Message>(audit, function* (row, role) {
    const { lack, excess } = compareRole(row, role, policies, audit.regions);
    const about = { resource: roleResource(role), ...heldFor(row) };
    const more = excess.filter(({ certain }) => certain);
    if (lack.refused.length > 0) {
      const deeds = inWords(lack.refused, deedName);
      yield { status: 'fail', ...about, key: 'lacks', message: 'lacks', data: { deeds } };
    }
    if (more.length > 0) {
      const deeds = inWords(more, excessName);
      yield { status: 'fail', ...about, key: 'more', message: 'more', data: { deeds } };
    }
    const [open] = [...lack.unclear, ...(more.length > 0 ? [] : excess)];
    if (open !== undefined) yield { status: 'unknown', ...about, key: 'unclear', reason: decided(open) };
    else if (lack.refused.length + more.length === 0) yield { status: 'pass', ...about, message: 'exact' };
  });
};

const MOST = 3;

/** The first few, and how many more there are. */
function inWords<T>(items: readonly T[], name: (item: T) => string): string {
  const told = items.slice(0, MOST).map(name).join('; ');
  return items.length > MOST ? `${told}; and ${items.length - MOST} more` : told;
}

const deedName = ({ action, resource }: Deed): string => `${action} on ${resource}`;
const excessName = ({ by, ...deed }: Excess): string => `${deedName(deed)} (${grantName(by)})`;

/** Why it is not told whether something is allowed. */
const decided = ({ by, ...deed }: Pick<Excess, 'action' | 'resource' | 'by'>): UnknownReason =>
  unclear(
    `Whether it allows ${deedName(deed)} is for ${grantName(by)} to say, by ${conditionsOf(by.statement) || 'what it leaves out'}.`,
  );
