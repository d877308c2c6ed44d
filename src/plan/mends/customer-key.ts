import { keyResource } from '../../findings/resources.ts';
import { need } from '../../model/fact.ts';
import { keyObject, keyState, rotateKey } from '../../services/kms/changes.ts';
import type { CustomerKey } from '../../services/kms/facts.ts';
import { unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

/** Has the account's own key rotate. Who may use a key, and whether one that is off may be on, is for people to say. */
export const customerKeyRotation: Planner = {
  controls: ['kms/customer-key'],
  needs: ['kms.customerKeys', 'kms.customerKeyTags'],
  plan: (scene, failing) =>
    together(
      scene.audit.value('kms.customerKeys').map(key => {
        const own = failing.filter(
          ({ resource, key: fault }) => resource.id === key.id && fault === 'rotation',
        );
        return own.length === 0 ? NOTHING : rotate(scene, key, own);
      }),
    ),
};

/** Throws UnknownFact. */
function rotate(scene: Scene, key: CustomerKey, failing: Parameters<Planner['plan']>[1]): Proposal {
  const { audit, region } = scene;
  const about = { region, resource: keyResource(audit, key), for: failing.map(causeOf) };
  const tagged = audit.value('kms.customerKeyTags').find(({ key: id }) => id === key.id);
  const tags = tagged === undefined ? {} : need(tagged.tags);
  const before = { ...need(key.key), rotation: need(key.rotation), policy: need(key.policy), tags };
  return unlessManaged(scene, about, tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: `kms/${region}/${key.id}/mend`,
        title: `rotate ${key.alias}`,
        risk: 'safe',
        cost: 'KMS charges 1 USD a month for each of the first two rotations of a key',
        changes: [rotateKey(region, key.id)],
      },
    ],
    fingerprints: [{ object: keyObject(region, key.id), state: keyState(before) }],
  }));
}
