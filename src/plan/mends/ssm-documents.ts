import { documentResource } from '../../findings/parameters.ts';
import { regionResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Mend } from '../../model/plan.ts';
import {
  blockPublicSharing,
  documentObject,
  documentState,
  publicSharingObject,
  publicSharingState,
  unpublishDocument,
} from '../../services/ssm/changes.ts';
import { unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

const PUBLIC_SHARING = 'parameters/public-sharing';

/** Takes SSM documents back from everyone, and lets none become public again. */
export const ssmDocuments: Planner = {
  controls: ['parameters/public-documents', PUBLIC_SHARING],
  needs: ['ssm.documents'],
  plan: (scene, failing) => {
    const unblocked = failing.filter(({ control }) => control === PUBLIC_SHARING);
    const taken = together(
      failing
        .filter(finding => !unblocked.includes(finding))
        .map(finding => unlessUnknown([finding], () => unpublished(scene, finding))),
    );
    return together([taken, ...(unblocked.length === 0 ? [] : [blocked(scene, unblocked, taken.mends)])]);
  },
};

/** Throws UnknownFact. */
function unpublished(scene: Scene, finding: Finding): Proposal {
  const { audit, region } = scene;
  const document = audit.value('ssm.documents').find(({ name }) => name === finding.resource.id);
  if (document === undefined) return NOTHING;
  const { name } = document;
  const change = unpublishDocument(region, name);
  return {
    ...NOTHING,
    mends: [
      {
        region,
        resource: documentResource(audit, name),
        for: [causeOf(finding)],
        id: change.id,
        title: `take the SSM document ${name} back from everyone`,
        risk: 'review',
        disruption: 'Accounts that run it without being named lose it; what they have copied stays copied.',
        changes: [change],
      },
    ],
    fingerprints: [{ object: documentObject(region, name), state: documentState(need(document.sharedWith)) }],
  };
}

/** While sharing is blocked an undo could share nothing with everyone: the block comes last, so that it is taken back first. */
function blocked({ audit, region }: Scene, failing: readonly Finding[], before: readonly Mend[]): Proposal {
  const change = blockPublicSharing(region);
  const dependsOn = before.flatMap(({ changes }) => changes.map(({ id }) => id));
  return {
    ...NOTHING,
    mends: [
      {
        region,
        resource: regionResource(audit),
        for: failing.map(causeOf),
        id: change.id,
        title: `block the public sharing of SSM documents in ${region}`,
        // What is shared stays as it is: it stops what nobody has done yet.
        risk: 'safe',
        changes: [{ ...change, dependsOn }],
      },
    ],
    fingerprints: [{ object: publicSharingObject(region), state: publicSharingState(true) }],
  };
}
