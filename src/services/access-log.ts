import type { JsonObject } from '../model/json.ts';

/** What API Gateway writes of each call, in the variables that REST and HTTP APIs both have: who called, by the token's `sub`, what, and how it was answered. No query and no header, which may hold secrets. */
export const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  api: '$context.apiId',
  stage: '$context.stage',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  user: '$context.authorizer.claims.sub',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  length: '$context.responseLength',
} satisfies JsonObject);
