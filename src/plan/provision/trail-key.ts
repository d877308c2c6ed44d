import { keyResource } from '../../findings/resources.ts';
import { known, need } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Condition, PolicyStatement } from '../../model/policy.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { coversAction } from '../../policy/statement.ts';
import { covers } from '../../policy/wildcard.ts';
import { withStatement } from '../../policy/with-statement.ts';
import { addToKeyPolicy, keyObject, keyState } from '../../services/kms/changes.ts';
import type { CustomerKey } from '../../services/kms/facts.ts';
import type { Scene } from '../scene.ts';
import { build, isStandIn, type Part } from './part.ts';
import { adoptableTrail, trailArn } from './trail-adoption.ts';

/** Whether an apply creates a trail that encrypts under the baseline's key. */
export const usesCustomerKey = (scene: Scene): boolean =>
  scene.audit.baseline.cloudTrail.files.customerKey && adoptableTrail(scene) === undefined;

/** The key that the new trail encrypts under: the baseline's, which may be one that is still to be created. */
export function keyOfTrail(scene: Scene): CustomerKey | undefined {
  const { audit } = scene;
  const alias = audit.baseline.encryption.key?.alias;
  return usesCustomerKey(scene)
    ? audit.value('kms.customerKeys').find(key => key.alias === alias)
    : undefined;
}

/** What CloudTrail needs of a key, for the one trail (the CloudTrail user guide, on key policies). Everywhere in AWS its principal has the same name. */
export const trailStatement = (scene: Scene): JsonObject => ({
  Sid: 'SecureCartTrail',
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:SourceArn': trailArn(scene) } },
});

/** Lets the policy of a key that is there allow it, beside all that it says. Throws UnknownFact. */
export function trailKey(scene: Scene): Part {
  const { audit, region } = scene;
  const key = keyOfTrail(scene);
  if (key === undefined || isStandIn(key.id)) return {};
  const policy = need(key.policy);
  if (policy.statements.some(statement => letsEncrypt(statement, trailArn(scene)))) return {};
  const text = audit.value('kms.customerKeyPolicies').find(one => one.key === key.id)?.text;
  const tags = audit.value('kms.customerKeyTags').find(one => one.key === key.id)?.tags;
  if (text === undefined || tags === undefined) throw new Error(`the key ${key.id} was not read whole`);
  const from = need(text);
  const to = withStatement(from, trailStatement(scene));
  const after = parsePolicy(to);
  if (after === undefined) throw new Error("the policy of the key is not of IAM's grammar");
  const { state } = need(key.key);
  const before = keyState({ state, rotation: need(key.rotation), policy, tags: need(tags) });
  const change = addToKeyPolicy(region, key.id, { from, to, added: after.statements.slice(-1) });
  const keys = audit.value('kms.customerKeys');
  return build(scene, {
    id: change.id,
    title: `let CloudTrail encrypt under ${key.alias}`,
    resource: keyResource(audit, key),
    changes: [change],
    fingerprints: [{ object: keyObject(region, key.id), state: before }],
    facts: {
      'kms.customerKeys': known(
        keys.map(other => (other === key ? { ...key, policy: known(after) } : other)),
      ),
    },
  });
}

const letsEncrypt = (statement: PolicyStatement, arn: string): boolean =>
  statement.effect === 'Allow' &&
  statement.principal?.not === false &&
  statement.principal.principals.some(
    ({ type, id }) => type === 'Service' && id === 'cloudtrail.amazonaws.com',
  ) &&
  coversAction(statement, 'kms:GenerateDataKey*') &&
  statement.conditions.every(condition => holdsOf(condition, arn));

/** The conditions of CloudTrail's own guide. */
const holdsOf = ({ key, operator, values }: Condition, arn: string): boolean =>
  ['aws:sourcearn', 'kms:encryptioncontext:aws:cloudtrail:arn'].includes(key) &&
  ['StringEquals', 'StringLike', 'ArnEquals', 'ArnLike'].includes(operator) &&
  values.some(value => covers(value, arn));
