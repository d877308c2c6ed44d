import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';

/** A method of a REST API as it is configured; callers meet it only once it is deployed. */
export const RestMethod = z.strictObject({
  /** The id of the resource that has it. */
  resource: z.string(),
  path: z.string(),
  /** `GET`, …, or `ANY`. */
  verb: z.string(),
  /** `NONE`, `AWS_IAM`, `CUSTOM` or `COGNITO_USER_POOLS`. */
  authorization: z.string(),
  authorizer: z.string().optional(),
});
export type RestMethod = z.infer<typeof RestMethod>;

/** A method as the summary of a deployment has it. */
export const DeployedMethod = RestMethod.omit({ resource: true, authorizer: true });
export type DeployedMethod = z.infer<typeof DeployedMethod>;

export const RestAuthorizer = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** `TOKEN`, `REQUEST` or `COGNITO_USER_POOLS`. */
  type: z.string(),
  /** The ARNs of the user pools whose tokens it takes. */
  userPools: z.array(z.string()),
});
export type RestAuthorizer = z.infer<typeof RestAuthorizer>;

/** An authorizer as it was when the API was deployed; it has no id then. */
export const DeployedAuthorizer = RestAuthorizer.omit({ id: true }).extend({
  /** The methods that it authorizes, such as `GET /orders`. */
  methods: z.array(z.string()),
});
export type DeployedAuthorizer = z.infer<typeof DeployedAuthorizer>;

export const RestStage = z.strictObject({
  name: z.string(),
  /** The deployments that callers meet: the stage's, and its canary's where that has another. */
  deployments: z.array(z.string()),
  /** Of AWS WAF, or of AWS WAF Classic. */
  webAcl: z.string().optional(),
  /** The ARN of the log group or stream that access is logged to. */
  accessLog: z.string().optional(),
  // What `*/*` says, AWS's key of all methods, holds where a method has no settings of its own.
  executionLogs: z.array(
    z.strictObject({
      method: z.string(),
      level: z.string(),
      /** Present where whole requests and answers are logged as well, once there is a level. */
      dataTrace: z.literal(true).optional(),
    }),
  ),
});
export type RestStage = z.infer<typeof RestStage>;

/** A deployment that a stage has, with its methods and authorizers as they were when it was made. */
export const Deployment = z.strictObject({
  id: z.string(),
  methods: fact(z.array(DeployedMethod)),
  /** Unknown for what only a canary has: AWS exports the stage's own deployment alone. */
  authorizers: fact(z.array(DeployedAuthorizer)),
});
export type Deployment = z.infer<typeof Deployment>;

export const RestApi = z.strictObject({
  id: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()),
  methods: fact(z.array(RestMethod)),
  authorizers: fact(z.array(RestAuthorizer)),
  stages: fact(z.array(RestStage)),
  /** Empty where the stages are not known. */
  deployments: z.array(Deployment),
});
export type RestApi = z.infer<typeof RestApi>;

/** What API Gateway keeps once for all APIs of a Region. */
export const ApiAccount = z.strictObject({
  /** The ARN of the role by which it writes to CloudWatch Logs; without one it takes no log setting of a REST API. */
  cloudWatchRole: z.string().optional(),
});
export type ApiAccount = z.infer<typeof ApiAccount>;

/** The facts of API Gateway's REST APIs, each of one Region. */
export const apiGatewayFacts = {
  'apigateway.restApis': snapshotFact(z.array(RestApi)),
  'apigateway.account': snapshotFact(ApiAccount),
};
