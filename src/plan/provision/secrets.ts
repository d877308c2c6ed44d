import { secretResource, type WantedSecret } from '../../findings/secrets/wanted-secrets.ts';
import { known } from '../../model/fact.ts';
import type { Change } from '../../model/plan.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { ownTags } from '../../services/ec2/creation.ts';
import { createSecret, putSecretPolicy } from '../../services/secretsmanager/changes.ts';
import type { Secret, SecretPolicy } from '../../services/secretsmanager/facts.ts';
import { readersOnly } from '../secret-policy.ts';
import { adopt, build, inTurn, type Part, type Provision, unbuilt } from './part.ts';
import type { Site } from './site.ts';

/**
 * The secrets of the baseline, each with the policy that refuses all but its readers, and without a value: what is secret
 * goes through no plan. Without one there is nothing to rotate; a runbook sets that up once somebody has put one in. A
 * secret that is to be deleted is restored by the mend of its finding. What tasks do with secrets is the shop's.
 */
export const secrets: Provision = {
  controls: [
    'secrets/present',
    'secrets/readers',
    'secrets/developers',
    'secrets/public-policy',
    'secrets/customer-key',
  ],
  needs: ['secretsmanager.secrets', 'secretsmanager.policies', 'kms.customerKeys', 'kms.secretKeys'],
  build: site =>
    inTurn(
      site,
      site.audit.baseline.secrets.secrets.map(wanted => at => buildSecret(at, wanted)),
    ),
};

/** AWS's list price, the same in most Regions (https://aws.amazon.com/secrets-manager/pricing/). */
const COST =
  'the secret costs 0.40 USD a month, and 0.05 USD for every 10,000 calls; one that is left out of secrets.secrets in the baseline is not created';

function buildSecret(site: Site, wanted: WantedSecret): Part {
  const live = site.audit.value('secretsmanager.secrets').find(({ name }) => name === wanted.name);
  if (live === undefined) return newSecret(site, wanted);
  return live.deletedAt === undefined ? adopt(site, 'secret', live.name) : {};
}

function newSecret(site: Site, wanted: WantedSecret): Part {
  const { audit, region } = site;
  const { name } = wanted;
  // The six characters that AWS will add are not known yet.
  const arn = audit.arnOf('secretsmanager', audit.account, `secret:${name}`);
  const resource = secretResource({ arn, name });
  if (name.includes('!')) {
    const detail =
      'A service of AWS keeps a secret of such a name, and nobody else creates one: of a database, aws rds modify-db-instance --manage-master-user-password.';
    return { leftAlone: [unbuilt(site, resource, 'no-mend', detail)] };
  }
  const key = wanted.customerKey ? audit.baseline.encryption.key?.alias : undefined;
  if (wanted.customerKey && key === undefined) {
    const detail =
      'It is to be under a key of the account, and the baseline names none: put encryption.key back, or set customerKey: false.';
    return { leftAlone: [unbuilt(site, resource, 'ambiguous', detail)] };
  }
  const id = `${wanted.id}/${region}/create`;
  const tags = ownTags(site, wanted.id, name, id);
  const policy = readersOnly(audit, wanted, null);
  const creation = createSecret({ name, description: wanted.purpose, key }, { region, id, tags });
  const put = putSecretPolicy(
    { region, id: `${wanted.id}/${region}/policy`, title: `let ${wanted.readers.join(', ')} alone read it` },
    { name, from: null, to: policy },
    id,
  );
  const secret: Secret = {
    arn,
    name,
    tags,
    hasValue: false,
    rotation: { enabled: false },
    ...(key !== undefined && { key }),
  };
  return build(site, {
    id: `${wanted.id}/${region}`,
    title: `create the secret ${name}`,
    resource,
    cost: COST,
    changes: [afterAlias(site, creation), put],
    facts: factsWith(site, secret, { ...parsed(policy), text: policy }),
  });
}

/** A key can be named by its alias once that is there. */
const afterAlias = ({ planned }: Site, creation: Change): Change => {
  const alias = 'new-customer-key-alias/create';
  const waits = 'KmsKeyId' in creation.call.input && planned.has(alias);
  return waits ? { ...creation, dependsOn: [...creation.dependsOn, alias] } : creation;
};

/** What is known of secrets once this one is there. */
function factsWith({ audit }: Site, secret: Secret, policy: SecretPolicy): Part['facts'] {
  const { key: alias } = secret;
  const key = audit.value('kms.customerKeys').find(one => one.alias === alias);
  const named = key && {
    name: key.alias,
    key: known({
      arn: audit.arnOf('kms', audit.account, `key/${key.id}`),
      manager: 'CUSTOMER' as const,
      state: 'Enabled',
    }),
  };
  return {
    'secretsmanager.secrets': known([...audit.value('secretsmanager.secrets'), secret]),
    'secretsmanager.policies': known([
      ...audit.value('secretsmanager.policies'),
      { secret: secret.arn, policy: known(policy) },
    ]),
    'kms.secretKeys': known([
      ...audit.value('kms.secretKeys').filter(({ name }) => name !== named?.name),
      ...(named === undefined ? [] : [named]),
    ]),
  };
}

function parsed(text: string) {
  const policy = parsePolicy(text);
  if (policy === undefined) throw new Error("the policy of a new secret is not of IAM's grammar");
  return policy;
}
