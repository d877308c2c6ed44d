import { policyOf } from '../../findings/secrets/readers.ts';
import { type FoundSecret, secretResource, secretsFound } from '../../findings/secrets/wanted-secrets.ts';
import type { Finding } from '../../model/finding.ts';
import { policyState } from '../../policy/policy-state.ts';
import { putSecretPolicy, restoreSecret, secretPolicyObject } from '../../services/secretsmanager/changes.ts';
import { leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { POLICY_LENGTH, READERS_ONLY, readersOnly } from '../secret-policy.ts';

/** Restores a secret of the baseline's that somebody had deleted; one that is missing is for an apply to create. */
export const secretRestoration: Planner = {
  controls: ['secrets/present'],
  needs: ['secretsmanager.secrets'],
  plan: (scene, failing) => together(failing.map(finding => restored(scene, finding))),
};

function restored(scene: Scene, finding: Finding): Proposal {
  const { audit, region } = scene;
  const live = audit.value('secretsmanager.secrets').find(({ arn }) => arn === finding.resource.arn);
  const wanted = audit.baseline.secrets.secrets.find(({ name }) => name === live?.name);
  if (live === undefined || wanted === undefined) return NOTHING;
  const about = { region, resource: secretResource(live), for: [causeOf(finding)] };
  const id = `${wanted.id}/${region}/restore`;
  return unlessManaged(scene, about, live.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id,
        title: `restore the secret ${live.name}`,
        risk: 'review',
        disruption:
          'Somebody had it deleted, maybe because its value leaked: whoever may read it can again, until the value is changed.',
        changes: [restoreSecret(region, id, live)],
      },
    ],
  }));
}

/** Has the policies of the baseline's secrets refuse all but their readers: people among them, and everyone. */
export const secretReaders: Planner = {
  controls: ['secrets/readers', 'secrets/developers', 'secrets/public-policy'],
  needs: ['secretsmanager.secrets', 'secretsmanager.policies'],
  plan: (scene, failing) =>
    together(
      secretsFound(scene.audit).map(found => {
        const own = failing.filter(({ resource }) => resource.arn === found.live.arn);
        return own.length === 0 ? NOTHING : refuseOthers(scene, found, own);
      }),
    ),
};

/** Throws UnknownFact. */
function refuseOthers(scene: Scene, { wanted, live }: FoundSecret, failing: readonly Finding[]): Proposal {
  const { audit, region } = scene;
  const about = { region, resource: secretResource(live), for: failing.map(causeOf) };
  const obstacle = kept(live, region);
  if (obstacle !== undefined) return leave(about, 'no-mend', obstacle);
  const rotates = live.rotation.function;
  if (rotates !== undefined && !scene.allowDisruptive) {
    const detail = `${rotates} reads it to rotate it, by a role that may be none of its readers: name that role in readers of ${wanted.id} in the baseline, and pass --allow-disruptive.`;
    return leave(about, 'disruptive', detail);
  }
  const from = policyOf(audit, live.arn)?.text ?? null;
  const to = readersOnly(audit, wanted, from);
  if (to.length > POLICY_LENGTH)
    return leave(
      about,
      'quota',
      `Its policy would have more than the ${POLICY_LENGTH} characters that it can.`,
    );
  const readers = wanted.readers.join(', ');
  const change = putSecretPolicy(
    {
      region,
      id: `${wanted.id}/${region}/policy`,
      title: `add the statement ${READERS_ONLY} to its policy, and keep what else it says`,
    },
    { name: live.name, from, to },
  );
  return unlessManaged(scene, about, live.tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: `${wanted.id}/${region}/readers`,
        title: `let ${readers} alone read the secret ${live.name}`,
        risk: 'review',
        disruption: `Whoever else reads it is refused from then on, the account's administrators among them, whatever their own policies say.`,
        changes: [change],
      },
    ],
    fingerprints:
      from === null ? [] : [{ object: secretPolicyObject(region, live.name), state: policyState(from) }],
  }));
}

/** Who writes the policy of a secret instead of the account, here. */
function kept({ owner, primaryRegion }: FoundSecret['live'], region: string): string | undefined {
  if (owner !== undefined) return `${owner} keeps it, and nobody else changes its policy.`;
  if (primaryRegion === undefined || primaryRegion === region) return undefined;
  return `It is a replica: its policy is that of the secret in ${primaryRegion}.`;
}
