import type { Condition, PolicyDocument, PolicyStatement } from '../../model/policy.ts';
import { isPublic } from '../../policy/public.ts';
import { statementName } from '../../policy/statement.ts';

/** Identity providers that give everyone a token, whose `sub` alone tells whose it is. */
const PUBLIC_PROVIDERS = ['token.actions.githubusercontent.com', 'gitlab.com', 'app.terraform.io'] as const;

/** Who may take on a role that nobody named, and by which statement of its trust policy. */
export const strangersOf = ({ statements }: PolicyDocument): { strangers: string; statement: string }[] =>
  statements.flatMap((one, index) => {
    const statement = statementName(one, index);
    if (isPublic(one)) return [{ strangers: 'Everyone', statement }];
    const provider = PUBLIC_PROVIDERS.find(name => trustsAllOf(one, name));
    return provider === undefined ? [] : [{ strangers: `Everyone whom ${provider} knows`, statement }];
  });

const trustsAllOf = ({ effect, principal, conditions }: PolicyStatement, provider: string): boolean =>
  effect === 'Allow' &&
  principal?.not === false &&
  principal.principals.some(
    ({ type, id }) => type === 'Federated' && id.endsWith(`:oidc-provider/${provider}`),
  ) &&
  !conditions.some(condition => namesSubjects(condition, provider));

/** Whether each value says more than that it is a subject: `*`, or `repo:*`, is anybody's. */
const namesSubjects = (
  { operator, quantifier, ifExists, key, values }: Condition,
  provider: string,
): boolean =>
  key === `${provider}:sub` &&
  /^String(Equals|Like)/.test(operator) &&
  !ifExists &&
  quantifier !== 'ForAllValues' &&
  values.every(value => /^[^*?]*:[^*?:]/.test(value));
