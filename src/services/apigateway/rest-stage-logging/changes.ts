import type { JsonObject } from '../../../model/json.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { ACCESS_LOG_FORMAT } from '../../access-log.ts';
import { setFields } from '../../set-fields.ts';
import type { RestStage } from '../facts.ts';
import { type StagePlace, stageChange } from '../rest-stage/changes.ts';

/** What a stage logs. */
export type StageLogs = Pick<RestStage, 'accessLog' | 'executionLogs'>;

/** What a stage logs, as plans compare it; a method that is traced would log whole requests by a level. */
export const stageLoggingState = ({ accessLog, executionLogs }: StageLogs): ObjectState => ({
  accessLog: accessLog ?? null,
  levels: executionLogs.map(
    ({ method, level, dataTrace }) => `${method} ${level}${dataTrace === true ? ' with data tracing' : ''}`,
  ),
});

/** What a stage logs, as an object of a plan. */
export const stageLoggingObject = ({ region, api, stage }: StagePlace): LiveObject => ({
  kind: 'rest-stage-logging',
  region,
  id: `${api}/${stage}`,
});

/** Lets a stage log what it did not: calls to a log group, and errors of methods. */
export function logStage(
  place: StagePlace,
  from: StageLogs,
  to: StageLogs,
  dependsOn: readonly ChangeId[],
): Change {
  const { api, stage } = place;
  const permissions = ['apigateway:PATCH'];
  const call = (patchOperations: JsonObject[]) => ({
    service: 'apigateway' as const,
    operation: 'UpdateStage',
    input: { restApiId: api, stageName: stage, patchOperations },
  });
  return {
    id: stageChange(place, 'logging'),
    title: `let it log ${added(from, to)}`,
    object: stageLoggingObject(place),
    edit: setFields(stageLoggingState(from), stageLoggingState(to)),
    call: call([...accessPatches(from, to), ...levelPatches(from, to)]),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [...dependsOn],
    undo: {
      kind: 'call',
      call: call([...accessPatches(to, from), ...levelPatches(to, from)]),
      permissions,
    },
  };
}

function added(from: StageLogs, to: StageLogs): string {
  const calls = accessPatches(from, to).length === 0 ? [] : ['every call'];
  const errors = levelPatches(from, to).length === 0 ? [] : ['the errors of its methods'];
  return [...calls, ...errors].join(' and ');
}

const replace = (path: string, value: string): JsonObject => ({ op: 'replace', path, value });
const remove = (path: string): JsonObject => ({ op: 'remove', path });

/** The paths are those of "Patch operations" in API Gateway's API reference, Stage. */
function accessPatches({ accessLog: from }: StageLogs, { accessLog: to }: StageLogs): JsonObject[] {
  if (from === to) return [];
  if (to === undefined) return [remove('/accessLogSettings')];
  return [
    replace('/accessLogSettings/destinationArn', to),
    replace('/accessLogSettings/format', ACCESS_LOG_FORMAT),
  ];
}

/**
 * The key of a method's settings is written as its path is patched: `~1orders/GET`. Settings that came with a level stay
 * without it, since somebody may have added to them.
 */
function levelPatches({ executionLogs: from }: StageLogs, { executionLogs: to }: StageLogs): JsonObject[] {
  const gone = from.filter(({ method }) => !to.some(one => one.method === method));
  const changed = to.filter(({ method, level }) => from.find(one => one.method === method)?.level !== level);
  return [...gone.map(one => ({ ...one, level: 'OFF' })), ...changed].map(({ method, level }) =>
    replace(`/${method}/logging/loglevel`, level),
  );
}
