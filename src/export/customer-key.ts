import { KMSAlias } from '@awboost/cfn-resource-types/AWS-KMS-Alias';
import { KMSKey } from '@awboost/cfn-resource-types/AWS-KMS-Key';
import { z } from 'zod';
import { Computed, RETAINED, Tags, type Translate } from './translation.ts';

const Key = z.object({
  Description: z.string(),
  Policy: Computed,
  Tags: z
    .array(z.object({ TagKey: z.string(), TagValue: Computed }))
    .transform(tags => tags.map(({ TagKey: Key, TagValue: Value }) => ({ Key, Value })))
    .pipe(Tags),
});

/** Without the key nobody reads what is encrypted under it. */
const createKey: Translate = ({ id, input, later }) => {
  const { Policy: KeyPolicy, ...key } = Key.parse(input);
  const EnableKeyRotation = later('kms:EnableKeyRotation').length > 0;
  return [new KMSKey(id, { ...key, KeyPolicy, EnableKeyRotation }, RETAINED)];
};

const Alias = z.object({ AliasName: z.string(), TargetKeyId: Computed });

const createAlias: Translate = ({ id, input }) => [new KMSAlias(id, Alias.parse(input))];

/** What a template says for each call of KMS's that makes the customer key. */
export const customerKey = {
  'kms:CreateKey': createKey,
  'kms:EnableKeyRotation': () => [],
  'kms:CreateAlias': createAlias,
} satisfies Record<string, Translate>;
