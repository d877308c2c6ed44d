import type { Change, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { Creation } from '../../ec2/creation.ts';

/** What plans compare of an IP set. */
interface IpSetLook {
  readonly name: string;
  readonly version: 'IPV4' | 'IPV6';
  /** CIDRs. One that an automation has written since keeps an undo from deleting the set. */
  readonly addresses: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** An IP set as plans compare it. */
export const ipSetState = ({ name, version, addresses, tags }: IpSetLook): ObjectState => ({
  name,
  version,
  addresses: [...addresses],
  tags: { ...tags },
});

/** Creates an IP set with no address in it. */
export function createIpSet(
  { name, version }: Pick<IpSetLook, 'name' | 'version'>,
  { region, id, title, tags }: Pick<Creation, 'region' | 'id' | 'title' | 'tags'>,
): Change {
  const key = { Name: name, Scope: 'REGIONAL' };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    id,
    title,
    object: { kind: 'ip-set', region, id: { $created: id } },
    edit: { kind: 'create', state: ipSetState({ name, version, addresses: [], tags }) },
    call: {
      service: 'wafv2',
      operation: 'CreateIPSet',
      input: { ...key, IPAddressVersion: version, Addresses: [], Tags },
    },
    permissions: ['wafv2:CreateIPSet', 'wafv2:TagResource'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: {
        service: 'wafv2',
        operation: 'DeleteIPSet',
        input: { ...key, Id: { $live: ['id'] }, LockToken: { $live: ['lockToken'] } },
      },
      permissions: ['wafv2:DeleteIPSet'],
    },
  };
}
