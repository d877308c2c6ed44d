import type { Region } from '../../model/identifiers.ts';
import type { JsonObject } from '../../model/json.ts';
import {
  type Call,
  type Change,
  type ChangeId,
  inChangeId,
  type LiveObject,
  type ObjectState,
} from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';
import type { Parameter } from './facts.ts';

/** A parameter as plans compare it: its value is never read. */
export const parameterState = ({
  type,
  tags,
}: Pick<Parameter, 'type'> & { tags: Readonly<Record<string, string>> }): ObjectState => ({ type, tags });

/** Creates a standard parameter, which costs nothing. It is refused where there is one, which keeps its value. */
export function createParameter(
  { name, type, value }: { name: string; type: string; value: string },
  { region, id, tags }: { region: Region; id: ChangeId; tags: Readonly<Record<string, string>> },
): Change {
  return {
    id,
    title: `create the parameter ${name} as ${value}`,
    object: { kind: 'ssm-parameter', region, id: name },
    edit: { kind: 'create', state: parameterState({ type, tags }) },
    call: ssmCall('PutParameter', {
      Name: name,
      Type: type,
      Value: value,
      Tier: 'Standard',
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    permissions: ['ssm:PutParameter', 'ssm:AddTagsToResource'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: ssmCall('DeleteParameter', { Name: name }),
      permissions: ['ssm:DeleteParameter'],
    },
  };
}

/** With whom a document is shared, as plans compare it. */
export const documentState = (sharedWith: readonly string[]): ObjectState => ({
  sharedWith: [...sharedWith],
});

/** A document as an object of a plan. */
export const documentObject = (region: Region, name: string): LiveObject => ({
  kind: 'ssm-document',
  region,
  id: name,
});

/** Takes a document back from everyone; the accounts that are named keep it. */
export function unpublishDocument(region: Region, name: string): Change {
  const share = (member: 'AccountIdsToAdd' | 'AccountIdsToRemove') =>
    ssmCall('ModifyDocumentPermission', { Name: name, PermissionType: 'Share', [member]: ['all'] });
  return {
    id: `ssm/${region}/${inChangeId(name)}/unpublish`,
    title: 'let nobody read it but the account, and those accounts that are named',
    object: documentObject(region, name),
    edit: { kind: 'list', field: 'sharedWith', remove: ['all'], add: [] },
    call: share('AccountIdsToRemove'),
    permissions: ['ssm:ModifyDocumentPermission'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: share('AccountIdsToAdd'), permissions: ['ssm:ModifyDocumentPermission'] },
  };
}

/** Whether documents may be shared with everyone, as plans compare it. */
export const publicSharingState = (allowed: boolean): ObjectState => ({ allowed });

/** The Region's setting on public documents as an object of a plan. */
export const publicSharingObject = (region: Region): LiveObject => ({
  kind: 'ssm-public-sharing',
  region,
  id: region,
});

/** The setting that the console calls "Block public sharing": `Disable` blocks it. */
export const PUBLIC_SHARING = '/ssm/documents/console/public-sharing-permission';

/** Lets no document of the Region be shared with everyone; one that is public already stays so. */
export function blockPublicSharing(region: Region): Change {
  const set = (SettingValue: 'Enable' | 'Disable') =>
    ssmCall('UpdateServiceSetting', { SettingId: PUBLIC_SHARING, SettingValue });
  return {
    id: `ssm/${region}/public-sharing`,
    title: `let no SSM document in ${region} become public`,
    object: publicSharingObject(region),
    edit: { kind: 'set', fields: { allowed: { from: true, to: false } } },
    call: set('Disable'),
    permissions: ['ssm:UpdateServiceSetting'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: set('Enable'), permissions: ['ssm:UpdateServiceSetting'] },
  };
}

const ssmCall = (operation: string, input: JsonObject): Call => ({ service: 'ssm', operation, input });
