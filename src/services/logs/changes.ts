import type { Region } from '../../model/identifiers.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';
import type { LogGroup } from './facts.ts';

/** A log group as plans compare it. */
export const logGroupState = ({
  retentionDays,
  tags,
}: Pick<LogGroup, 'retentionDays' | 'tags'>): ObjectState => ({ retentionDays, tags });

/** The log group as an object of a plan. */
export const logGroupObject = (region: Region, name: string): LiveObject => ({
  kind: 'log-group',
  region,
  id: name,
});

/** Creates a log group, which keeps for ever what is logged, and deletes it again with all that is in it. */
export function createLogGroup(
  name: string,
  { region, id, tags }: { region: Region; id: ChangeId; tags: Readonly<Record<string, string>> },
): Change {
  return {
    id,
    title: `create the log group ${name}`,
    object: logGroupObject(region, name),
    edit: { kind: 'create', state: logGroupState({ retentionDays: null, tags }) },
    call: logsCall('CreateLogGroup', { logGroupName: name, tags }),
    permissions: ['logs:CreateLogGroup', 'logs:TagResource'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: logsCall('DeleteLogGroup', { logGroupName: name }),
      permissions: ['logs:DeleteLogGroup'],
    },
  };
}

/** The change that says how long a log group keeps what is logged. */
export const retentionChange = (region: Region, name: string): ChangeId => `logs/${region}/${name}/retention`;

/** Lets a log group that keeps all for ever keep it for some days; `creation` is the change that creates it, where the plan does. */
export function setRetention(
  region: Region,
  name: string,
  days: number,
  creation: ChangeId | undefined,
): Change {
  return {
    id: retentionChange(region, name),
    title: `keep what is logged for ${days} days`,
    object: logGroupObject(region, name),
    edit: { kind: 'set', fields: { retentionDays: { from: null, to: days } } },
    call: logsCall('PutRetentionPolicy', { logGroupName: name, retentionInDays: days }),
    permissions: ['logs:PutRetentionPolicy'],
    effect: NO_EFFECT,
    dependsOn: creation === undefined ? [] : [creation],
    undo:
      creation === undefined
        ? {
            kind: 'call',
            call: logsCall('DeleteRetentionPolicy', { logGroupName: name }),
            permissions: ['logs:DeleteRetentionPolicy'],
          }
        : { kind: 'with', change: creation },
  };
}

const logsCall = (operation: string, input: JsonObject): Call => ({ service: 'logs', operation, input });
