import type { RestStage } from '../../services/apigateway/facts.ts';

/** The methods of a REST API's stage whose errors are logged at no level, by API Gateway's keys; all methods, `*\/*`, where those have no settings. */
export function silentMethods({ executionLogs }: Pick<RestStage, 'executionLogs'>): string[] {
  const silent = executionLogs.filter(({ level }) => level === 'OFF').map(({ method }) => method);
  return executionLogs.some(({ method }) => method === ALL_METHODS) ? silent : [ALL_METHODS, ...silent];
}

/** API Gateway's key of the settings that hold for each method without some of its own. */
export const ALL_METHODS = '*/*';
