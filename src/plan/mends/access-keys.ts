import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import { accessKeyObject, accessKeyState, deactivateKey } from '../../services/iam/changes.ts';
import type { UserAccessKeys } from '../../services/iam/facts.ts';
import { leave, unlessManaged } from '../leave.ts';
import { type AccountPlanner, causeOf, NOTHING, type Proposal, type Scene, together } from '../scene.ts';

/** Turns keys off that nobody uses. What is old and in use cannot be replaced without whoever uses it. */
export const accessKeys: AccountPlanner = {
  controls: ['access-key/unused', 'access-key/rotation', 'access-key/one-per-user'],
  needs: ['iam.accessKeys', 'iam.authorization'],
  plan: ([home], failing) => {
    if (home === undefined) return NOTHING;
    const unused = failing.filter(({ control }) => control === 'access-key/unused');
    return together(unused.map(finding => turnOff(home, finding, failing)));
  },
};

function turnOff(home: Scene, { resource, key }: Finding, failing: readonly Finding[]): Proposal {
  const { audit, region, callerKey } = home;
  const owner = audit.value('iam.accessKeys').find(({ arn }) => arn === resource.arn);
  if (owner === undefined) return NOTHING;
  const { user } = owner;
  const causes = failing.filter(finding => finding.key === key || isSecondKey(finding, owner, failing));
  const about = { resource, for: causes.map(causeOf) };
  if (key === callerKey)
    return leave(about, 'would-lock-out', 'This run signs with it: it is in use after all.');
  const { users } = audit.value('iam.authorization');
  const tags = users.find(({ name }) => name === user)?.tags ?? {};
  const change = deactivateKey(region, { user, key });
  return unlessManaged(home, about, tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        region,
        id: change.id,
        title: change.title,
        risk: 'review',
        disruption:
          'What still signs with it, perhaps once a quarter, is refused. It is not deleted: an undo turns it on again.',
        changes: [change],
      },
    ],
    fingerprints: [{ object: accessKeyObject(region, user, key), state: accessKeyState('Active') }],
  }));
}

/** Whether a finding that a user has two keys ends with this key, and is not told of the other one as well. */
function isSecondKey(
  { control, resource }: Finding,
  { arn, keys }: UserAccessKeys,
  failing: readonly Finding[],
): boolean {
  if (control !== 'access-key/one-per-user' || resource.arn !== arn) return false;
  const unused = failing.filter(one => one.control === 'access-key/unused' && one.resource.arn === arn);
  return need(keys).length - unused.length < 2;
}
