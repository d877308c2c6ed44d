import { UnknownFact } from '../../model/fact.ts';
import type { Resource } from '../../model/finding.ts';
import type { Json } from '../../model/json.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { readPolicy } from '../../policy/parse.ts';
import type { RoleDetail } from '../../services/iam/facts.ts';
import { heldFor } from '../baseline-item.ts';
import { type AccountAudit, judgeEach, type Outcome } from '../control.ts';
import { unclear } from './unclear.ts';
import type { WorkloadRole } from './wanted.ts';

/** A role as the resource of a finding. */
export const roleResource = ({ name, arn }: Pick<RoleDetail, 'name' | 'arn'>): Resource => ({
  type: 'AWS::IAM::Role',
  arn,
  id: name,
});

/** The account that an ARN of IAM's is of. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** Whether a service made the role for itself: nobody else can take it on, and only the service changes it. */
export const isServiceLinked = ({ path }: RoleDetail): boolean => path.startsWith('/aws-service-role/');

/** Whether IAM Identity Center made the role of a permission set. */
export const isOfIdentityCenter = ({ path }: RoleDetail): boolean =>
  path.startsWith('/aws-reserved/sso.amazonaws.com/');

/** A policy that is to be read to judge by it. Throws UnknownFact where it is none of IAM's grammar. */
export function policyOf(document: Json, name: string): PolicyDocument {
  const policy = readPolicy(document);
  if (policy !== undefined) return policy;
  throw new UnknownFact(unclear(`${name} is not of the grammar of IAM's policies.`));
}

/** What the controls of the baseline's roles say where a role is not there. */
export const absentMessages = { noRole: 'There is no role {role} to judge.' } as const;

/** Judges each of the baseline's roles that the account has. */
export function* judgeWorkloadRoles<Message extends string>(
  audit: AccountAudit,
  judge: (row: WorkloadRole, role: RoleDetail) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message | keyof typeof absentMessages>> {
  const { roles } = audit.value('iam.authorization');
  const found = audit.baseline.roles.workloads.map(row => ({
    row,
    role: roles.find(({ name }) => name === row.name),
  }));
  yield* judgeEach<(typeof found)[number], Message | keyof typeof absentMessages>(
    found,
    ({ row, role }) => ({
      resource: role === undefined ? audit.account : roleResource(role),
      key: row.id,
      ...heldFor(row),
    }),
    function* ({ row, role }) {
      if (role !== undefined) yield* judge(row, role);
      else {
        const about = { resource: audit.account, key: row.id, ...heldFor(row) };
        yield { status: 'not-applicable', ...about, message: 'noRole', data: { role: row.name } };
      }
    },
  );
}
