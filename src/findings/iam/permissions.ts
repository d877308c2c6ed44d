import { UnknownFact } from '../../model/fact.ts';
import type { Json } from '../../model/json.ts';
import type { PolicyStatement } from '../../model/policy.ts';
import { coversAction, coversResource, statementName, touches } from '../../policy/statement.ts';
import type { ManagedPolicy } from '../../services/iam/facts.ts';
import { policyOf } from './roles.ts';

/** A statement with the policy that it stands in: the name of an inline one, or the ARN of a managed one. */
export interface Grant {
  readonly policy: string;
  readonly name: string;
  readonly statement: PolicyStatement;
}

/** What policies make of an identity. Those of the organization above it are not among them: they only take away. */
export interface Permissions {
  readonly allows: readonly Grant[];
  readonly denies: readonly Grant[];
  /** What its boundary allows, where it has one; all else is not allowed then. */
  readonly boundary: readonly Grant[] | undefined;
}

/** What is looked at of a user, a group or a role. */
interface Holder {
  readonly inline: Readonly<Record<string, Json>>;
  readonly attached: readonly string[];
  readonly boundary?: string | undefined;
}

/** What an identity holds. Throws UnknownFact where a policy of its is not known. */
export function permissionsOf(holder: Holder, policies: readonly ManagedPolicy[]): Permissions {
  const { inline, attached, boundary } = holder;
  const managed = (arn: string) => grantsOf(arn, documentOf(arn, policies));
  const own = [
    ...Object.entries(inline).flatMap(([name, document]) => grantsOf(name, document)),
    ...attached.flatMap(managed),
  ];
  const limits = boundary === undefined ? undefined : managed(boundary);
  return {
    allows: own.filter(isAllow),
    denies: [...own, ...(limits ?? [])].filter(grant => !isAllow(grant)),
    boundary: limits?.filter(isAllow),
  };
}

const isAllow = ({ statement }: Grant): boolean => statement.effect === 'Allow';

const grantsOf = (policy: string, document: Json): Grant[] =>
  policyOf(document, policy).statements.map((statement, index) => ({
    policy,
    name: statementName(statement, index),
    statement,
  }));

function documentOf(arn: string, policies: readonly ManagedPolicy[]): Json {
  const found = policies.find(policy => policy.arn === arn);
  if (found !== undefined) return found.document;
  const error = { code: 'NotListed', message: `It did not list ${arn}.` };
  throw new UnknownFact({ kind: 'not-read', call: 'iam:GetAccountAuthorizationDetails', error });
}

/** A grant in a sentence. */
export const grantName = ({ policy, name }: Grant): string => `${name} of ${policyName(policy)}`;

/** A policy in a sentence. */
export const policyName = (policy: string): string => policy.replace(/^arn:.*\//, '');

/** Whether an identity may do something; where a condition decides, or what is left out of a statement, that is said. */
export type Answer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unclear'; readonly by: Grant };

/** Whether an identity may do whatever `action` stands for to whatever `resource` stands for, each a pattern or fixed. */
export function mayDo({ allows, denies, boundary }: Permissions, action: string, resource: string): Answer {
  const barring = denies.filter(({ statement }) => touches(statement, action, resource));
  if (barring.some(grant => holdsFor(grant, action, resource))) return { kind: 'refused' };
  for (const grants of boundary === undefined ? [allows] : [allows, boundary]) {
    if (grants.some(grant => holdsFor(grant, action, resource))) continue;
    const perhaps = grants.find(
      ({ statement }) => depends(statement) && touches(statement, action, resource),
    );
    return perhaps === undefined ? { kind: 'refused' } : { kind: 'unclear', by: perhaps };
  }
  const [by] = barring;
  return by === undefined ? { kind: 'allowed' } : { kind: 'unclear', by };
}

/** Whether a statement speaks of all of it, whatever is asked besides. */
export const holdsFor = ({ statement }: Grant, action: string, resource: string): boolean =>
  statement.conditions.length === 0 && coversAction(statement, action) && coversResource(statement, resource);

/** Whether more than the patterns of a statement decides what it is about. */
const depends = ({ conditions, action, resource }: PolicyStatement): boolean =>
  conditions.length > 0 || action.not || resource?.not === true;
