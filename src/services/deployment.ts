import type { JsonObject } from '../model/json.ts';
import type { Call, Change, ChangeId, Created, LiveObject, ObjectState } from '../model/plan.ts';
import { NO_EFFECT } from '../network/effect.ts';

/** The tags of a deployment of API Gateway stand in its description, since it can have none. */
const describeTags = (tags: Readonly<Record<string, string>>): string =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

/** The tags that a description holds. */
export const tagsOfDescription = (description = ''): Record<string, string> =>
  Object.fromEntries(
    [...description.matchAll(/(securecart:\w+)=(\S+)/g)].map(([, key, value]) => [key, value]),
  );

/** A deployment as plans name it, with its API, or what stands for one that is still to be made. */
type DeploymentId = string | Created;

/** How an API of either version is deployed to a stage. */
export interface Deploying {
  readonly service: Extract<Call['service'], 'apigateway' | 'apigatewayv2'>;
  readonly kind: Extract<LiveObject['kind'], 'rest-deployment' | 'http-deployment'>;
  /** The stage, its name, and the deployment that it has. */
  readonly stage: LiveObject;
  readonly name: string;
  readonly from: string;
  readonly plan: string;
  readonly changeId: (what: string) => ChangeId;
  /** What the deployment must be once it is made. */
  readonly state: (tags: Readonly<Record<string, string>>) => ObjectState;
  /** The inputs of the calls, as each version writes them. */
  readonly creation: (description: string) => JsonObject;
  readonly deletion: (deployment: DeploymentId) => JsonObject;
  readonly swap: (deployment: DeploymentId) => JsonObject;
}

/** Makes a deployment beside the one in force, and then lets it take its place. The old one stays, for the way back. */
export function deploymentChanges(
  { service, kind, stage, name, from, plan, changeId, state, creation, deletion, swap }: Deploying,
  dependsOn: readonly ChangeId[],
): Change[] {
  const id = changeId('deployment');
  const created = { $created: id };
  const tags = { 'securecart:plan': plan, 'securecart:change': id };
  const swapTo = (deployment: DeploymentId): Call => ({
    service,
    operation: 'UpdateStage',
    input: swap(deployment),
  });
  return [
    {
      id,
      title: 'make a deployment of the API as it is configured, which no stage has yet',
      object: { kind, region: stage.region, id: created },
      edit: { kind: 'create', state: state(tags) },
      call: { service, operation: 'CreateDeployment', input: creation(describeTags(tags)) },
      permissions: ['apigateway:POST'],
      effect: NO_EFFECT,
      dependsOn: [...dependsOn],
      undo: {
        kind: 'call',
        call: { service, operation: 'DeleteDeployment', input: deletion(created) },
        permissions: ['apigateway:DELETE'],
      },
    },
    {
      id: changeId('swap'),
      title: `let the stage ${name} have that deployment`,
      object: stage,
      edit: { kind: 'set', fields: { deployment: { from, to: created } } },
      call: swapTo(created),
      permissions: ['apigateway:PATCH'],
      effect: NO_EFFECT,
      dependsOn: [id],
      undo: { kind: 'call', call: swapTo(from), permissions: ['apigateway:PATCH'] },
    },
  ];
}
