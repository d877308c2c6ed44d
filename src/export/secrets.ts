import { SecretsManagerResourcePolicy } from '@awboost/cfn-resource-types/AWS-SecretsManager-ResourcePolicy';
import { SecretsManagerSecret } from '@awboost/cfn-resource-types/AWS-SecretsManager-Secret';
import { SSMParameter } from '@awboost/cfn-resource-types/AWS-SSM-Parameter';
import { Fn } from '@awboost/cfn-template-builder/intrinsics';
import { z } from 'zod';
import { Computed, RETAINED, Tags, type Translate } from './translation.ts';

const Secret = z.object({ Name: z.string(), Description: z.string(), KmsKeyId: z.string().optional(), Tags });

/** Without a value, as CreateSecret makes it: GenerateSecretString would make one up that is no credential of anything. */
const createSecret: Translate = ({ id, input, after }) => [
  new SecretsManagerSecret(id, Secret.parse(input), { ...RETAINED, DependsOn: [...after] }),
];

const Policy = z.object({ ResourcePolicy: Computed, BlockPublicPolicy: z.boolean() });

/** CloudFormation takes the ARN of the secret, which a reference to it gives. */
const putResourcePolicy: Translate = ({ id, input, after: [secret] }) =>
  secret === undefined
    ? undefined
    : [new SecretsManagerResourcePolicy(id, { ...Policy.parse(input), SecretId: Fn.ref(secret) })];

const Parameter = z.object({
  Name: z.string(),
  Type: z.enum(['String', 'StringList']),
  Value: z.string(),
  Tier: z.literal('Standard'),
  Tags: Tags.transform(tags => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))),
});

const putParameter: Translate = ({ id, input }) => [new SSMParameter(id, Parameter.parse(input))];

/** What a template says for each call that makes secrets and parameters. */
export const secrets = {
  'secretsmanager:CreateSecret': createSecret,
  'secretsmanager:PutResourcePolicy': putResourcePolicy,
  'ssm:PutParameter': putParameter,
} satisfies Record<string, Translate>;
