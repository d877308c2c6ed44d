import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

/** An API of API Gateway's second version. */
export const ListedApi = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** `HTTP` or `WEBSOCKET`. */
  protocol: z.string(),
  tags: z.record(z.string(), z.string()),
});
export type ListedApi = z.infer<typeof ListedApi>;

export const HttpRoute = z.strictObject({
  id: z.string(),
  /** `GET /orders`, `ANY /{proxy+}`, or `$default`. */
  key: z.string(),
  /** `NONE`, `AWS_IAM`, `CUSTOM` or `JWT`. */
  authorization: z.string(),
  authorizer: z.string().optional(),
});
export type HttpRoute = z.infer<typeof HttpRoute>;

export const HttpAuthorizer = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** `JWT` or `REQUEST`. */
  type: z.string(),
  issuer: z.string().optional(),
  /** The ids of the clients whose tokens it takes. */
  audience: z.array(z.string()),
});
export type HttpAuthorizer = z.infer<typeof HttpAuthorizer>;

/** An HTTP API as it was when a stage was deployed: a route has no id then, and names its authorizer by name. */
export const DeployedHttpApi = z.strictObject({
  routes: z.array(HttpRoute.omit({ id: true })),
  authorizers: z.array(HttpAuthorizer.omit({ id: true })),
});
export type DeployedHttpApi = z.infer<typeof DeployedHttpApi>;

export const HttpStage = z.strictObject({
  name: z.string(),
  /** Absent where callers meet every change at once, so that what is configured is what is deployed. */
  deployed: fact(DeployedHttpApi).optional(),
  /** The id of what was deployed; absent where nothing was yet, and where a stage deploys by itself. */
  deployment: z.string().optional(),
  /** The ARN of the log group that access is logged to. */
  accessLog: z.string().optional(),
});
export type HttpStage = z.infer<typeof HttpStage>;

export const HttpApi = z.strictObject({
  id: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()),
  routes: fact(z.array(HttpRoute)),
  authorizers: fact(z.array(HttpAuthorizer)),
  stages: fact(z.array(HttpStage)),
});
export type HttpApi = z.infer<typeof HttpApi>;

/** A WebSocket API. Its connections are authorized once, by the route `$connect`. */
export const WebSocketApi = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** `NONE`, `AWS_IAM` or `CUSTOM`; null where the API has no such route, and anyone connects. */
  connect: fact(z.string().nullable()),
});
export type WebSocketApi = z.infer<typeof WebSocketApi>;

/** The facts of API Gateway's HTTP and WebSocket APIs, each of one Region. */
export const apiGatewayV2Facts = {
  'apigatewayv2.apis': snapshotFact(z.array(ListedApi)),
  'apigatewayv2.httpApis': snapshotFact(z.array(HttpApi)),
  'apigatewayv2.webSocketApis': snapshotFact(z.array(WebSocketApi)),
};
