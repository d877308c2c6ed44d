import { documentResource } from '../../findings/parameters.ts';
import { regionResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import {
  blockPublicSharing,
  documentObject,
  documentState,
  publicSharingObject,
  publicSharingState,
  unpublishDocument,
} from '../../services/ssm/changes.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Takes SSM documents back from everyone. */
export const ssmDocuments: Planner = {
  controls: ['parameters/public-documents'],
  needs: ['ssm.documents'],
  plan: (scene, failing) => together(failing.map(finding => unpublished(scene, finding))),
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

/** Blocks the public sharing of SSM documents. */
export const ssmPublicSharing: Planner = {
  controls: ['parameters/public-sharing'],
  plan: ({ audit, region }, failing) => {
    const change = blockPublicSharing(region);
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
          changes: [change],
        },
      ],
      fingerprints: [{ object: publicSharingObject(region), state: publicSharingState(true) }],
    };
  },
};
